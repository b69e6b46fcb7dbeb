"""The OpenAPI document, judged by a validator that is not ours."""

import json
import os
import unittest
import urllib.request

from openapi_spec_validator import OpenAPIV31SpecValidator


class Description(unittest.TestCase):
    def test_it_is_valid_openapi_3_1(self) -> None:
        with urllib.request.urlopen(os.environ["HF_ENDPOINT"] + "/.well-known/openapi.json", timeout=10) as answer:
            description = json.load(answer)
        self.assertEqual([str(error) for error in OpenAPIV31SpecValidator(description).iter_errors()], [])


if __name__ == "__main__":
    unittest.main()
