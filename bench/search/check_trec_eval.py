"""Scores run files with the real trec_eval (compiled into pytrec_eval) and with ir_measures; prints one JSON object.

usage: check_trec_eval.py NAME=QRELS=RUN ...
"""

import json
import sys

import ir_measures
import pytrec_eval

# ours -> trec_eval's parameter form and the key it answers with
MEASURES = {
    "ndcg": ("ndcg", "ndcg"),
    "ndcg@10": ("ndcg_cut.10", "ndcg_cut_10"),
    "map": ("map", "map"),
    "map@100": ("map_cut.100", "map_cut_100"),
    "mrr": ("recip_rank", "recip_rank"),
    "recall@100": ("recall.100", "recall_100"),
    "p@10": ("P.10", "P_10"),
    "success@5": ("success.5", "success_5"),
    "success@10": ("success.10", "success_10"),
}
# checks the averaging over all judged queries (-c); its RR@10 is left out: it breaks ties by another rule than trec_eval
AVERAGES = {"ndcg@10": "nDCG@10", "map": "AP", "recall@100": "R@100", "p@10": "P@10", "success@5": "Success@5"}


def score(qrels_file, run_file):
    with open(qrels_file, encoding="utf-8") as file:
        qrels = pytrec_eval.parse_qrel(file)
    with open(run_file, encoding="utf-8") as file:
        run = pytrec_eval.parse_run(file)
    evaluator = pytrec_eval.RelevanceEvaluator(qrels, {asked for asked, _ in MEASURES.values()})
    answered = evaluator.evaluate(run)
    per_query = {
        query: {ours: values[key] for ours, (_, key) in MEASURES.items()} for query, values in answered.items()
    }
    for values in per_query.values():
        # trec_eval has no cutoff for it, but a first relevant document behind rank 10 is one that success@10 misses
        values["mrr@10"] = values["mrr"] * values["success@10"]
    wanted = {ours: ir_measures.parse_measure(name) for ours, name in AVERAGES.items()}
    averages = ir_measures.calc_aggregate(
        wanted.values(), ir_measures.read_trec_qrels(qrels_file), ir_measures.read_trec_run(run_file)
    )
    return {"perQuery": per_query, "mean": {ours: averages[measure] for ours, measure in wanted.items()}}


result = {}
for argument in sys.argv[1:]:
    name, qrels_file, run_file = argument.split("=")
    result[name] = score(qrels_file, run_file)
json.dump(result, sys.stdout)
