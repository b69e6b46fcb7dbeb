"""Measures one peer that is used from Python, in the same steps as measure-peer.mjs: python peers.py CONFIG.json"""

import json
import os
import re
import resource
import shutil
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

STOP_WORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this "
    "to was will with"
).split()
STOPPED = frozenset(STOP_WORDS)
WORD = r"[^\W_]+(?:['’.][^\W_]+)*"


class Tantivy:
    def __init__(self, folder):
        import tantivy

        analysis = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (
            tantivy.Filter.lowercase(),
            tantivy.Filter.custom_stopword(STOP_WORDS),
            tantivy.Filter.stemmer("english"),
        ):
            analysis = analysis.filter(step)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", stored=False, tokenizer_name="reference", index_option="freq")
        self.document = tantivy.Document
        self.index = tantivy.Index(schema.build(), path=folder)
        self.index.register_tokenizer("reference", analysis.build())
        self.writer = self.index.writer(heap_size=512_000_000, num_threads=1)

    def add(self, batch):
        for key, text in batch:
            self.writer.add_document(self.document(id=key, text=text))

    def finish(self):
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, query):
        # lower case, so that no word of a title is taken for an operator; a query of stop words alone is an error to it
        words = " ".join(word for word in re.findall(r"[^\W_]+", query.lower()) if word not in STOPPED)
        return self.searcher.search(self.index.parse_query(words, ["text"]), 10, count=False).hits if words else []

    def ids(self, hits):
        return [self.searcher.doc(address)["id"][0] for _, address in hits]


class Bm25s:
    def __init__(self, folder):
        import bm25s
        import Stemmer

        self.bm25s = bm25s
        self.folder = folder
        self.stemmer = Stemmer.Stemmer("porter")
        self.keys = []
        self.texts = []

    def tokens(self, texts, as_ids):
        return self.bm25s.tokenize(
            texts,
            stopwords=STOP_WORDS,
            token_pattern=WORD,
            stemmer=self.stemmer,
            return_ids=as_ids,
            show_progress=False,
        )

    def add(self, batch):
        for key, text in batch:
            self.keys.append(key)
            self.texts.append(text)

    def finish(self):
        self.index = self.bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self.index.index(self.tokens(self.texts, True), show_progress=False)
        self.texts = None

    def save(self):
        self.index.save(self.folder)

    def search(self, query):
        found, scores = self.index.retrieve(self.tokens([query], False), k=10, show_progress=False, n_threads=0)
        return [at for at, score in zip(found[0], scores[0]) if score > 0]

    def ids(self, hits):
        return [self.keys[at] for at in hits]


class Pisa:
    # left over from the build; searching reads the compressed lists, their maxima and the two lexicons
    not_searched = ("fwd", "fwd.documents", "fwd.terms", "fwd.urls", "inv.docs", "inv.freqs")

    def __init__(self, folder):
        import numpy
        import pyterrier_pisa

        self.pisa = pyterrier_pisa
        self.folder = folder
        self.batches = []
        self.out = [numpy.empty(10, dtype=kind) for kind in (numpy.int32, object, numpy.int32, numpy.float32)]

    def add(self, batch):
        self.batches.append(batch)

    def finish(self):
        index = self.pisa.PisaIndex(self.folder, text_field="text", stemmer="porter2", stops="lucene", overwrite=True)
        index.index({"docno": key, "text": text} for batch in self.batches for key, text in batch)
        self.batches = None
        self.retrieve = index.bm25(k1=1.2, b=0.75, num_results=10)

    def search(self, query):
        queries, keys, ranks, scores = self.out
        size = self.pisa._pisathon.retrieve(
            self.retrieve._ctxt,
            "block_max_wand",
            [(0, query)],
            k=10,
            threads=1,
            query_weighted=0,
            pretokenised=False,
            result_qidxs=queries,
            result_docnos=keys,
            result_ranks=ranks,
            result_scores=scores,
        )
        return list(keys[:size])

    def ids(self, hits):
        return hits


def read_batches(config, size=1000):
    batch = []
    with open(config["documents"], encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= config["count"]:
                break
            key, title, text = line.rstrip("\n").split("\t")
            batch.append((key, f"{title} {text}"))
            if len(batch) == size:
                yield batch
                batch = []
    if batch:
        yield batch


def build(peer, config):
    seconds = 0.0
    for batch in read_batches(config):
        started = time.perf_counter()
        peer.add(batch)
        seconds += time.perf_counter() - started
    started = time.perf_counter()
    peer.finish()
    return seconds + time.perf_counter() - started


def ask(peer, config, queries):
    hits = []
    begun = time.perf_counter()
    for query in queries:
        hits.append(peer.ids(peer.search(query)))
        if time.perf_counter() - begun > config["budgetSeconds"] / 2:
            break
    reached = queries[: len(hits)]
    while time.perf_counter() - begun < config["warmupSeconds"]:
        for query in reached:
            peer.search(query)
    rounds = []
    timed = time.perf_counter()
    for number in range(config["runs"]):
        if number > 0 and time.perf_counter() - timed > config["budgetSeconds"]:
            break
        times = []
        for query in reached:
            started = time.perf_counter_ns()
            peer.search(query)
            times.append((time.perf_counter_ns() - started) / 1e6)
        rounds.append(times)
    return hits, rounds


def folder_bytes(folder, left_out=()):
    files = ((home, name) for home, _, names in os.walk(folder) for name in names if name not in left_out)
    return sum(os.path.getsize(os.path.join(home, name)) for home, name in files)


def resident_bytes():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        config = json.load(file)
    shutil.rmtree(config["folder"], ignore_errors=True)
    os.makedirs(config["folder"])
    peer = {"tantivy": Tantivy, "bm25s": Bm25s, "pisa": Pisa}[config["system"]](config["folder"])
    build_seconds = build(peer, config)
    if hasattr(peer, "save"):
        peer.save()
    with open(config["queries"], encoding="utf-8") as file:
        queries = [line.rstrip("\n").split("\t")[1] for line in file]
    answers, rounds = ask(peer, config, queries)
    result = {
        "buildSeconds": build_seconds,
        "bytesOnDisk": folder_bytes(config["folder"], getattr(peer, "not_searched", ())),
        "rssBytes": resident_bytes(),
        "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "answers": answers,
        "rounds": rounds,
    }
    with open(config["result"], "w", encoding="utf-8") as file:
        json.dump(result, file)


main()
