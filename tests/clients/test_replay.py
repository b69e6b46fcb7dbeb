"""The replay server, read by clients of arXiv that are not ours: its words must be the protocol's, not just our reading."""

import os
import unittest
import urllib.request

import arxiv
import feedparser
from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, NoRecordsMatch

SERVER = os.environ["HF_ENDPOINT"]


class OaiPmh(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Sickle(SERVER + "/oai")

    def test_identify(self) -> None:
        identity = self.client.Identify()
        self.assertEqual(identity.protocolVersion, "2.0")
        self.assertEqual(identity.granularity, "YYYY-MM-DD")
        self.assertEqual(identity.deletedRecord, "persistent")

    def test_formats_and_sets(self) -> None:
        formats = [one.metadataPrefix for one in self.client.ListMetadataFormats()]
        self.assertEqual(formats, ["oai_dc", "arXiv", "arXivRaw"])
        self.assertEqual([one.setSpec for one in self.client.ListSets()], ["cs"])

    def test_records_over_all_pages(self) -> None:
        for prefix in ["arXiv", "arXivRaw", "oai_dc"]:
            records = list(self.client.ListRecords(metadataPrefix=prefix, set="cs", **{"from": "2026-11-01"}))
            self.assertEqual(len(records), 13)
            self.assertEqual(len({one.header.identifier for one in records}), 13)
            self.assertEqual(sum(one.deleted for one in records), 1)
            self.assertEqual(records[-1].header.datestamp, "2026-11-24")

    def test_one_record(self) -> None:
        record = self.client.GetRecord(identifier="oai:arXiv.org:2611.00101", metadataPrefix="arXivRaw")
        self.assertEqual(record.metadata["title"], ["On the question number 101 of 2026-11-24"])
        self.assertEqual(record.metadata["date"], ["Mon, 23 Nov 2026 15:00:00 GMT"])
        self.assertIn("<care> & $x < 101$", record.metadata["abstract"][0])

    def test_errors(self) -> None:
        with self.assertRaises(NoRecordsMatch):
            self.client.ListRecords(metadataPrefix="arXiv", **{"from": "2027-01-01"})
        with self.assertRaises(BadResumptionToken):
            self.client.ListRecords(resumptionToken="nonsense")


class Rss(unittest.TestCase):
    def test_feed(self) -> None:
        with urllib.request.urlopen(SERVER + "/rss/cs.CL", timeout=10) as answer:
            feed = feedparser.parse(answer.read())
        self.assertFalse(feed.bozo)
        self.assertEqual(feed.feed.published, "Tue, 24 Nov 2026 00:00:00 -0500")
        self.assertEqual(len(feed.entries), 5)
        entry = feed.entries[0]
        self.assertEqual(entry.arxiv_announce_type, "new")
        self.assertEqual(entry.id, "oai:arXiv.org:2611.00101v1")
        self.assertEqual(entry.author, "Ada A. Author, Ben 101 Bauer")
        self.assertEqual([tag.term for tag in entry.tags], ["cs.CL", "cs.LG"])


class QueryApi(unittest.TestCase):
    def test_papers_by_id(self) -> None:
        client = arxiv.Client(page_size=10, delay_seconds=0, num_retries=0)
        client.query_url_format = SERVER + "/api/query?{}"
        found = list(client.results(arxiv.Search(id_list=["2611.00101", "2611.00102"])))
        self.assertEqual([one.get_short_id() for one in found], ["2611.00101v2", "2611.00102v2"])
        self.assertEqual([author.name for author in found[0].authors], ["Ada A.", "Ben B."])
        self.assertEqual(found[0].primary_category, "cs.CV")


if __name__ == "__main__":
    unittest.main()
