"""The unmodified `hf papers` command, as a person types it."""

import json
import os
import subprocess
import sys
import unittest

HF = os.path.join(os.path.dirname(sys.executable), "hf")
DAY = "2025-10-29"


def hf(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([HF, "papers", *words], capture_output=True, text=True, timeout=30, check=False)


class HfCommand(unittest.TestCase):
    def ok(self, *words: str) -> str:
        done = hf(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_ls(self) -> None:
        papers = json.loads(self.ok("ls", "--date", DAY, "--limit", "3", "--format", "json"))
        self.assertEqual(len(papers), 3)
        for paper in papers:
            self.assertTrue(paper["id"] and paper["title"] and paper["submitted_by_name"])
            self.assertIsInstance(paper["upvotes"], int)

    def test_ls_by_week_sort_and_submitter(self) -> None:
        ids = self.ok("ls", "--week", "2026-W04", "--submitter", "akhaliq", "--sort", "trending", "-q").split()
        self.assertEqual(ids, ["2601.15621"])

    def test_ls_of_a_month_as_a_table(self) -> None:
        self.assertIn("AK", self.ok("ls", "--month", "2024-08", "--submitter", "akhaliq", "--format", "human"))

    def test_ls_of_today_is_an_empty_list_not_an_error(self) -> None:
        self.assertEqual(json.loads(self.ok("ls", "--date", "today", "--format", "json")), [])

    def test_search(self) -> None:
        papers = json.loads(self.ok("search", "llama 3 herd of models", "--limit", "5", "--format", "json"))
        self.assertEqual(papers[0]["title"], "The Llama 3 Herd of Models")

    def test_info(self) -> None:
        self.assertEqual(json.loads(self.ok("info", "2601.15621", "--format", "json"))["id"], "2601.15621")

    def test_read(self) -> None:
        self.assertTrue(self.ok("read", "2407.21783").startswith("# The Llama 3 Herd of Models"))

    def test_an_unknown_paper_is_said_to_be_unknown(self) -> None:
        for command in ("info", "read"):
            done = hf(command, "1234.56789")
            self.assertEqual(done.returncode, 1)
            self.assertIn("Paper '1234.56789' not found", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
