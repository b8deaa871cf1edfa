"""Loads exported folders as a trainer would: every row against schema.json, the files through `datasets`.

Arguments: folders. Prints one line of JSON per folder. Needs the packages `datasets` and `jsonschema`.
"""

import json
import os
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HOME"] = tempfile.mkdtemp()

import jsonschema  # noqa: E402
from datasets import load_dataset  # noqa: E402

for folder in sys.argv[1:]:
    with open(os.path.join(folder, "schema.json"), encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    with open(os.path.join(folder, "card.json"), encoding="utf-8") as file:
        card = json.load(file)
    written = {}
    for split in card["splits"]:
        path = os.path.join(folder, f"{split}.jsonl")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                written[split] = [json.loads(line) for line in file]
            for row in written[split]:
                validator.validate(row)
    loaded = load_dataset(folder)
    for split, rows in written.items():
        assert list(loaded[split]) == rows, f"{folder}: {split} reads differently"
    columns = {split: sorted(part.column_names) for split, part in loaded.items()}
    print(json.dumps({"folder": os.path.basename(folder), "rows": {split: part.num_rows for split, part in loaded.items()}, "columns": columns}))
