"""Every collection call of HfApi against a running server, with a token of that server."""

import os
import unittest

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

ENDPOINT = os.environ["HF_ENDPOINT"]
TOKEN = os.environ["PAPERWIRE_TOKEN"]
FIRST, SECOND, THIRD = "2407.21783", "2601.15621", "2510.25741"


class Collections(unittest.TestCase):
    def setUp(self) -> None:
        self.api = HfApi(endpoint=ENDPOINT, token=TOKEN)
        self.visitor = HfApi(endpoint=ENDPOINT)

    def made(self, title: str, *papers: str, **more: object) -> str:
        slug = self.api.create_collection(title, **more).slug
        self.addCleanup(self.api.delete_collection, slug, missing_ok=True)
        for paper in papers:
            self.api.add_collection_item(slug, paper, "paper")
        return slug

    def fails(self, status: int):
        test = self

        class Failing:
            def __enter__(self) -> None:
                self.caught = test.assertRaises(HfHubHTTPError)
                self.raised = self.caught.__enter__()

            def __exit__(self, *reason: object) -> bool:
                done = self.caught.__exit__(*reason)
                test.assertEqual(self.raised.exception.response.status_code, status)
                return bool(done)

        return Failing()

    def test_the_token_says_whose_it_is(self) -> None:
        self.assertEqual(self.api.whoami()["name"], "collector")

    def test_a_collection_is_begun_filled_ordered_changed_and_deleted(self) -> None:
        slug = self.made("Reading for May", description="What to read")
        self.assertTrue(slug.startswith("collector/reading-for-may-"))
        self.api.add_collection_item(slug, FIRST, "paper", note="the long one")
        filled = self.api.add_collection_item(slug, SECOND, "paper")
        self.assertEqual([item.item_id for item in filled.items], [FIRST, SECOND])
        self.assertEqual([item.position for item in filled.items], [0, 1])
        self.assertEqual([item.note for item in filled.items], ["the long one", None])
        self.assertTrue(all(item.item_type == "paper" for item in filled.items))
        self.api.update_collection_item(slug, filled.items[1].item_object_id, note="first", position=0)
        read = self.visitor.get_collection(slug)
        self.assertEqual([(item.item_id, item.note) for item in read.items], [(SECOND, "first"), (FIRST, "the long one")])
        self.assertEqual((read.title, read.description, read.private), ("Reading for May", "What to read", False))
        self.api.delete_collection_item(slug, read.items[0].item_object_id)
        self.assertEqual([item.item_id for item in self.api.get_collection(slug).items], [FIRST])
        changed = self.api.update_collection_metadata(slug, title="Reading for June", theme="pink", position=0)
        self.assertTrue(changed.slug.startswith("collector/reading-for-june-"))
        self.assertEqual(changed.description, "What to read")
        self.api.delete_collection(changed.slug)
        with self.fails(404):
            self.api.get_collection(changed.slug)
        self.api.delete_collection(changed.slug, missing_ok=True)

    def test_lists_find_owners_and_papers_and_show_four_items(self) -> None:
        slug = self.made("Findable", FIRST, SECOND)
        other = self.made("Another one", SECOND)
        by_owner = {found.slug: found for found in self.visitor.list_collections(owner="collector")}
        self.assertTrue({slug, other} <= set(by_owner))
        self.assertEqual(by_owner[slug].owner["name"], "collector")
        self.assertIn(slug, [found.slug for found in self.visitor.list_collections(owner=["nobody", "collector"])])
        self.assertEqual([found.slug for found in self.visitor.list_collections(item=f"papers/{FIRST}")], [slug])
        both = self.visitor.list_collections(item=[f"papers/{FIRST}", f"papers/{SECOND}"], sort="lastModified")
        self.assertEqual({found.slug for found in both}, {slug, other})
        self.assertEqual(len(list(self.visitor.list_collections(owner="collector", limit=1))), 1)
        self.assertEqual(list(self.visitor.list_collections(item="models/owner/name")), [])

    def test_pages_are_followed_to_the_end(self) -> None:
        slugs = {self.made(f"Number {at}") for at in range(3)}
        path = f"{ENDPOINT}/api/collections?owner=collector&limit=2"
        from huggingface_hub.utils import paginate

        found = [one["slug"] for one in paginate(path, params={}, headers={})]
        self.assertEqual(len(found), len(set(found)))
        self.assertTrue(slugs <= set(found))

    def test_what_is_private_is_seen_by_its_owner_alone(self) -> None:
        slug = self.made("For me alone", FIRST, private=True)
        self.assertTrue(self.api.get_collection(slug).private)
        self.assertIn(slug, [found.slug for found in self.api.list_collections(owner="collector")])
        self.assertNotIn(slug, [found.slug for found in self.visitor.list_collections(owner="collector")])
        self.assertNotIn(slug, [found.slug for found in self.api.list_collections(item=f"papers/{FIRST}")])
        with self.fails(404):
            self.visitor.get_collection(slug)
        self.api.update_collection_metadata(slug, private=False)
        self.assertFalse(self.visitor.get_collection(slug).private)

    def test_what_is_there_already_is_a_conflict_that_the_client_can_live_with(self) -> None:
        slug = self.made("Once", FIRST)
        with self.fails(409):
            self.api.create_collection("Once")
        self.assertEqual(self.api.create_collection("Once", exists_ok=True).slug, slug)
        with self.fails(409):
            self.api.add_collection_item(slug, FIRST, "paper")
        self.assertEqual(len(self.api.add_collection_item(slug, FIRST, "paper", exists_ok=True).items), 1)

    def test_refusals_say_why(self) -> None:
        slug = self.made("Refusals")
        with self.fails(404):
            self.api.add_collection_item(slug, "1234.56789", "paper")
        with self.fails(400):
            self.api.add_collection_item(slug, "owner/name", "model")
        with self.fails(404):
            self.api.delete_collection_item(slug, "0" * 24)
        self.api.delete_collection_item(slug, "0" * 24, missing_ok=True)
        with self.fails(400):
            self.api.create_collection("x" * 121)
        with self.fails(403):
            self.api.create_collection("Of another", namespace="somebody")

    def test_without_a_token_of_this_site_nothing_is_changed(self) -> None:
        slug = self.made("Guarded", FIRST)
        stranger = HfApi(endpoint=ENDPOINT, token="hf_not_known_here")
        reader = HfApi(endpoint=ENDPOINT, token=os.environ["PAPERWIRE_READ_TOKEN"])
        for api, status in ((stranger, 401), (reader, 403)):
            with self.fails(status):
                api.add_collection_item(slug, SECOND, "paper")
            with self.fails(status):
                api.delete_collection(slug)
            with self.fails(status):
                api.update_collection_metadata(slug, title="Taken")
        self.assertEqual(self.visitor.get_collection(slug).title, "Guarded")


if __name__ == "__main__":
    unittest.main()
