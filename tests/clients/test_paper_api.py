"""The assertions that huggingface_hub's own class TestPaperApi makes of the live service, in our words."""

import datetime
import os
import unittest

from huggingface_hub import HfApi, ModelInfo, SpaceInfo
from huggingface_hub.errors import BadRequestError, HfHubHTTPError

DAY = "2025-10-29"


def midnight(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc)


class PaperApi(unittest.TestCase):
    def setUp(self) -> None:
        self.api = HfApi(endpoint=os.environ["HF_ENDPOINT"])

    def test_papers_by_query(self) -> None:
        titles = [paper.title for paper in self.api.list_papers(query="llama")]
        self.assertIn("The Llama 3 Herd of Models", titles)

    def test_papers_by_query_with_limit(self) -> None:
        self.assertEqual(len(list(self.api.list_papers(query="llama", limit=2))), 2)

    def test_get_paper_by_id_success(self) -> None:
        self.assertEqual(self.api.paper_info("2407.21783").title, "The Llama 3 Herd of Models")

    def test_get_paper_by_id_returns_linked_repos(self) -> None:
        paper = self.api.paper_info("2601.15621")
        self.assertGreater(paper.num_total_models, 0)
        self.assertGreaterEqual(len(paper.linked_models), 1)
        self.assertIsInstance(paper.linked_models[0], ModelInfo)
        self.assertIsNotNone(paper.linked_datasets)
        self.assertIsNotNone(paper.num_total_datasets)
        self.assertGreaterEqual(len(paper.linked_spaces), 1)
        self.assertIsInstance(paper.linked_spaces[0], SpaceInfo)

    def test_get_paper_by_id_not_found(self) -> None:
        with self.assertRaises(HfHubHTTPError) as caught:
            self.api.paper_info("1234.56789")
        self.assertEqual(caught.exception.response.status_code, 404)

    def test_list_daily_papers_by_date(self) -> None:
        papers = list(self.api.list_daily_papers(date=DAY))
        self.assertTrue(papers)
        self.assertTrue(papers[0].id)
        self.assertTrue(papers[0].title)

    def test_list_daily_papers_by_date_invalid_date(self) -> None:
        with self.assertRaises(BadRequestError):
            list(self.api.list_daily_papers(date="2025-13-40"))

    def test_list_daily_papers_default_date(self) -> None:
        self.assertTrue(list(self.api.list_daily_papers()))

    def test_list_daily_papers_week(self) -> None:
        papers = list(self.api.list_daily_papers(week="2025-W44"))
        for paper in (papers[0], papers[-1]):
            self.assertGreaterEqual(paper.submitted_at, midnight(2025, 10, 24))
            self.assertLessEqual(paper.submitted_at, midnight(2025, 11, 2))

    def test_list_daily_papers_month(self) -> None:
        papers = list(self.api.list_daily_papers(month="2025-10"))
        for paper in (papers[0], papers[-1]):
            self.assertGreaterEqual(paper.submitted_at, midnight(2025, 9, 30))
            self.assertLessEqual(paper.submitted_at, midnight(2025, 10, 31))

    def test_daily_papers_submitter(self) -> None:
        papers = list(self.api.list_daily_papers(submitter="akhaliq"))
        self.assertTrue(papers)
        self.assertEqual(papers[0].submitted_by.fullname, "AK")

    def test_daily_papers_p(self) -> None:
        self.assertEqual(list(self.api.list_daily_papers(date=DAY, p=100)), [])

    def test_daily_papers_limit(self) -> None:
        self.assertEqual(len(list(self.api.list_daily_papers(date=DAY, limit=10))), 10)


if __name__ == "__main__":
    unittest.main()
