"""Our BibTeX and RIS, read by programs that are not ours; and theirs, written for ours to read."""

import json
import os
import unittest
from pathlib import Path

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from pybtex.database import parse_file
from pybtex.richtext import Text

FOLDER = Path(os.environ["HF_ENDPOINT"])
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def plain(latex: str) -> str:
    # The one escape that pybtex leaves as it is.
    return str(Text.from_latex(latex)).replace("\\$", "$")


class BibTeX(unittest.TestCase):
    maxDiff = None

    def test_pybtex_reads_titles_and_names(self) -> None:
        library = parse_file(str(FOLDER / "ours.bib"), bib_format="bibtex")
        self.assertEqual(len(library.entries), len(EXPECTED))
        for entry, expected in zip(library.entries.values(), EXPECTED, strict=True):
            self.assertEqual(plain(entry.fields["title"]), expected["title"])
            names = [
                {
                    "given": plain(" ".join(one.first_names + one.middle_names)),
                    "family": plain(" ".join(one.prelast_names + one.last_names)),
                    "suffix": plain(" ".join(one.lineage_names)),
                }
                for one in entry.persons["author"]
            ]
            self.assertEqual(names, expected["names"])
            self.assertEqual(entry.fields["eprint"], expected["id"])

    def test_bibtexparser_reads_titles_and_names(self) -> None:
        text = (FOLDER / "ours.bib").read_text(encoding="utf-8")
        layers = [SeparateCoAuthors(), LatexDecodingMiddleware(), SplitNameParts()]
        library = bibtexparser.parse_string(text, append_middleware=layers)
        self.assertEqual(library.failed_blocks, [])
        self.assertEqual(len(library.entries), len(EXPECTED))
        for entry, expected in zip(library.entries, EXPECTED, strict=True):
            fields = entry.fields_dict
            self.assertEqual(fields["title"].value.replace("{", "").replace("}", ""), expected["title"])
            families = [" ".join(one.von + one.last) for one in fields["author"].value]
            self.assertEqual(
                [family.replace("{", "").replace("}", "") for family in families],
                [name["family"] for name in expected["names"]],
            )

    def test_pybtex_writes_for_us(self) -> None:
        library = parse_file(str(FOLDER / "ours.bib"), bib_format="bibtex")
        library.to_file(str(FOLDER / "pybtex.bib"), bib_format="bibtex", encoding="utf-8")

    def test_bibtexparser_writes_for_us(self) -> None:
        library = bibtexparser.parse_file(str(FOLDER / "ours.bib"), encoding="utf-8")
        bibtexparser.write_file(str(FOLDER / "bibtexparser.bib"), library, encoding="utf-8")


class Ris(unittest.TestCase):
    maxDiff = None

    def test_rispy_reads_titles_and_names(self) -> None:
        records = rispy.loads((FOLDER / "ours.ris").read_text(encoding="utf-8"))
        self.assertEqual(len(records), len(EXPECTED))
        for record, expected in zip(records, EXPECTED, strict=True):
            self.assertEqual(record.get("title") or record["primary_title"], expected["title"])
            names = [
                ", ".join(part for part in (name["family"], name["given"], name["suffix"]) if part)
                for name in expected["names"]
            ]
            self.assertEqual(record["authors"], names)

    def test_rispy_writes_for_us(self) -> None:
        records = rispy.loads((FOLDER / "ours.ris").read_text(encoding="utf-8"))
        (FOLDER / "rispy.ris").write_text(rispy.dumps(records), encoding="utf-8")


if __name__ == "__main__":
    unittest.main()
