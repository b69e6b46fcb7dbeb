"""Every paper call of HfApi, and every field it reads, against a running server."""

import datetime
import os
import unittest

from huggingface_hub import HfApi
from huggingface_hub.errors import BadRequestError, HfHubHTTPError

ENDPOINT = os.environ["HF_ENDPOINT"]
DAY = "2025-10-29"
MIDNIGHT = datetime.datetime(2025, 10, 29, tzinfo=datetime.timezone.utc)


class EveryCall(unittest.TestCase):
    def setUp(self) -> None:
        self.api = HfApi(endpoint=ENDPOINT)

    def test_a_list_fills_the_fields_that_are_only_read_outside_the_paper(self) -> None:
        papers = list(self.api.list_daily_papers(date=DAY))
        self.assertEqual(len(papers), 24)
        for paper in papers:
            self.assertEqual(paper.submitted_at, MIDNIGHT)
            self.assertIsInstance(paper.published_at, datetime.datetime)
            self.assertTrue(paper.title and paper.summary and paper.authors)
            self.assertTrue(all(author.name for author in paper.authors))
            self.assertIsInstance(paper.upvotes, int)
            self.assertIsInstance(paper.comments, int)
            self.assertEqual(paper.source, "arxiv")
            self.assertRegex(paper.discussion_id, "^[0-9a-f]{24}$")
        votes = [paper.upvotes for paper in papers]
        self.assertEqual(votes, sorted(votes, reverse=True))
        for field in ("ai_summary", "ai_keywords", "github_repo", "github_stars", "organization", "project_page"):
            self.assertTrue(any(getattr(paper, field) for paper in papers), field)

    def test_pages_do_not_overlap_and_cover_the_edition(self) -> None:
        ids = [paper.id for p in range(4) for paper in self.api.list_daily_papers(date=DAY, p=p, limit=7)]
        self.assertEqual(ids, [paper.id for paper in self.api.list_daily_papers(date=DAY)])

    def test_trending_of_a_month_is_by_upvotes(self) -> None:
        votes = [paper.upvotes for paper in self.api.list_daily_papers(month="2025-10", sort="trending", limit=100)]
        self.assertEqual(len(votes), 100)
        self.assertEqual(votes, sorted(votes, reverse=True))

    def test_trending_now_is_each_paper_once_and_the_popular_first(self) -> None:
        papers = list(self.api.list_daily_papers(sort="trending", limit=100))
        self.assertEqual(len({paper.id for paper in papers}), len(papers))
        votes = [paper.upvotes for paper in papers]
        self.assertGreater(sum(votes[:10]) / 10, sum(votes) / len(votes))

    def test_filters_join(self) -> None:
        first = next(iter(self.api.list_daily_papers(date=DAY)))
        name = first.submitted_by.username
        papers = list(self.api.list_daily_papers(month="2025-10", submitter=name, sort="publishedAt", limit=100))
        self.assertIn(first.id, [paper.id for paper in papers])
        self.assertEqual({paper.submitted_by.username for paper in papers}, {name})

    def test_the_future_is_empty_and_weekends_are_empty(self) -> None:
        self.assertEqual(list(self.api.list_daily_papers(date="2999-01-01")), [])
        self.assertEqual(list(self.api.list_daily_papers(date="2025-11-01")), [])

    def test_a_refusal_says_why(self) -> None:
        for wrong in ({"date": "2025-10"}, {"week": "2025-44"}, {"month": "10-2025"}, {"limit": 1000}, {"p": -1}):
            with self.subTest(wrong), self.assertRaises(BadRequestError) as caught:
                list(self.api.list_daily_papers(**wrong))
            self.assertIn(f'"{next(iter(wrong))}"', str(caught.exception))

    def test_one_paper_has_its_edition_and_people(self) -> None:
        paper = self.api.paper_info("2601.15621v1")
        self.assertEqual(paper.submitted_at, datetime.datetime(2026, 1, 23, tzinfo=datetime.timezone.utc))
        self.assertEqual(paper.submitted_by.username, "akhaliq")
        self.assertEqual(paper.organization.name, "Qwen")
        self.assertEqual(paper.linked_models[0].author, "Qwen")
        self.assertEqual(paper.num_total_datasets, 0)
        self.assertIsInstance(paper.comments, int)

    def test_search_without_words_gives_recent_papers(self) -> None:
        dates = [paper.published_at for paper in self.api.list_papers(limit=5)]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertEqual(len(dates), 5)

    def test_search_takes_any_words(self) -> None:
        for words in ('"', "((", "AND OR NOT", "a*", "2407.21783", "ü中文", "%", "\\", "x" * 250):
            with self.subTest(words):
                list(self.api.list_papers(query=words, limit=3))
        with self.assertRaises(BadRequestError):
            list(self.api.list_papers(query="x" * 251))

    def test_an_id_is_found_first(self) -> None:
        self.assertEqual(next(iter(self.api.list_papers(query="2407.21783"))).id, "2407.21783")

    def test_a_paper_reads_as_markdown(self) -> None:
        text = self.api.read_paper("2407.21783")
        self.assertTrue(text.startswith("# The Llama 3 Herd of Models"))
        with self.assertRaises(HfHubHTTPError) as caught:
            self.api.read_paper("1234.56789")
        self.assertEqual(caught.exception.response.status_code, 404)

    def test_an_endpoint_with_a_slash_at_its_end_works(self) -> None:
        api = HfApi(endpoint=f"{ENDPOINT}/")
        self.assertTrue(list(api.list_daily_papers(date=DAY, limit=1)))
        self.assertEqual(api.paper_info("2407.21783").id, "2407.21783")
        self.assertTrue(api.read_paper("2407.21783"))

    def test_a_token_of_another_service_is_no_hindrance(self) -> None:
        self.assertTrue(list(self.api.list_daily_papers(date=DAY, limit=1, token="hf_not_known_here")))


if __name__ == "__main__":
    unittest.main()
