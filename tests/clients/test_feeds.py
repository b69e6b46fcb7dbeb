"""Our feeds under other people's eyes: schemas checked by libxml2 and jsonschema, and read by feedparser."""

import calendar
import json
import os
import pathlib
import unittest
import urllib.request

import feedparser
import jsonschema
from lxml import etree

SERVER = os.environ["HF_ENDPOINT"]
SCHEMAS = pathlib.Path(__file__).parent / "schemas"
LISTS = [
    "/latest.{}",
    "/latest.{}?votes=1000000",
    "/date/2025-03-28.{}",
    "/date/2025-03-28.{}?topic=cs.lg",
    "/week/2025-W13.{}",
    "/month/2025-03.{}",
    "/month/2025-03.{}?page=2",
    "/topics/hostile.{}",
    "/authors/Ada%20Example.{}",
    "/search.{}?q=learning&from=2020-01-01&code=1",
]
HOSTILE = "Ranking in $O(n^2)$ & <script>alert(1)</script> ]]> \u00e9\u4e2d\U0001f600"


def read(path: str) -> bytes:
    with urllib.request.urlopen(SERVER + path) as response:
        return response.read()


def hostile_of(entries):
    return next(entry for entry in entries if "alert(1)" in entry["title"])


class Schemas(unittest.TestCase):
    def check_xml(self, form: str) -> None:
        schema = etree.RelaxNG(etree.parse(str(SCHEMAS / f"{form}.rng")))
        for path in LISTS:
            document = etree.fromstring(read(path.format(form)))
            self.assertTrue(schema.validate(document), f"{path.format(form)}: {schema.error_log}")

    def test_atom(self) -> None:
        self.check_xml("atom")

    def test_rss(self) -> None:
        self.check_xml("rss")

    def test_json_feed(self) -> None:
        validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text()))
        for path in LISTS:
            validator.validate(json.loads(read(path.format("json"))))

    def test_opml(self) -> None:
        for path in [*(path.format("opml") for path in LISTS), "/feeds.opml"]:
            document = etree.fromstring(read(path))
            self.assertEqual((document.tag, document.get("version")), ("opml", "2.0"))
            self.assertTrue(document.findtext("head/title"))
            outlines = document.findall("body//outline")
            self.assertTrue(outlines)
            for outline in outlines:
                self.assertTrue(outline.get("text"))
                if len(outline) == 0:
                    self.assertEqual(outline.get("type"), "rss")
                    self.assertTrue(outline.get("xmlUrl").startswith(SERVER))


class Readers(unittest.TestCase):
    def test_feedparser_reads_everything(self) -> None:
        for form, version in [("atom", "atom10"), ("rss", "rss20")]:
            feed = feedparser.parse(read(f"/date/2025-03-28.{form}"))
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            self.assertEqual(feed.version, version)
            self.assertGreater(len(feed.entries), 80)
            self.assertIn("28 March 2025", feed.feed.title)
            self.assertIn("papers, ordered by upvotes", feed.feed.subtitle)
            for entry in feed.entries:
                self.assertTrue(entry.title and entry.link.startswith(SERVER) and entry.id.startswith("urn:uuid:"))
                self.assertTrue(entry.published_parsed and entry.updated_parsed)
            entry = hostile_of(feed.entries)
            self.assertEqual([author["name"] for author in entry.authors if "name" in author], ["Ada Example", "Łukasz <b>O’Example</b>"])
            self.assertEqual(calendar.timegm(entry.published_parsed), 1743152400)
            text = entry.content[0].value if form == "atom" else entry.summary
            self.assertIn("First paragraph", text)
            self.assertIn("Second paragraph", text)
            self.assertNotIn("<script", text)

    def test_titles_are_text(self) -> None:
        raw = etree.fromstring(read("/date/2025-03-28.atom"))
        titles = [title.text for title in raw.iterfind("{*}entry/{*}title")]
        self.assertTrue(any("<script>alert(1)</script> ]]>" in title for title in titles))

    def test_one_id_in_every_form(self) -> None:
        ids = [
            [entry.id for entry in feedparser.parse(read("/latest.atom")).entries],
            [entry.id for entry in feedparser.parse(read("/latest.rss")).entries],
            [item["id"] for item in json.loads(read("/latest.json"))["items"]],
        ]
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(ids[0], ids[2])
        self.assertEqual(len(set(ids[0])), len(ids[0]))

    def test_pages_lead_from_one_to_the_next(self) -> None:
        seen = set()
        url = SERVER + "/month/2025-03.atom"
        for _ in range(5):
            feed = feedparser.parse(url)
            seen.update(entry.id for entry in feed.entries)
            url = next((link.href for link in feed.feed.links if link.rel == "next"), None)
            if url is None:
                break
        self.assertIsNone(url)
        self.assertEqual(len(seen), len(feedparser.parse(SERVER + "/date/2025-03-28.atom").entries))

    def test_asking_again_costs_nothing(self) -> None:
        first = feedparser.parse(SERVER + "/latest.atom")
        self.assertEqual(first.status, 200)
        self.assertEqual(feedparser.parse(SERVER + "/latest.atom", etag=first.etag).status, 304)
        self.assertEqual(feedparser.parse(SERVER + "/latest.atom", modified=first.modified).status, 304)

    def test_a_guess_leads_to_the_feed(self) -> None:
        guess = feedparser.parse(SERVER + "/feed.xml")
        self.assertEqual((guess.status, guess.version), (301, "atom10"))
        self.assertEqual(guess.href, SERVER + "/latest.atom")


if __name__ == "__main__":
    unittest.main()
