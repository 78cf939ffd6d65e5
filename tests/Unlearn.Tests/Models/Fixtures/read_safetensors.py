"""Reads safetensors files with nothing but struct, json and torch, and prints what is in them.

    /usr/bin/python3 read_safetensors.py FOLDER_OR_FILE

One JSON object: tensor name -> {"dtype", "shape", "sum" of all numbers weighted by their position}, and the metadata under "".
As in Hugging Face's reader, a tensor is a view of the file's bytes, so it must begin at a multiple of its numbers' size.
"""
import json
import os
import struct
import sys

import torch

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64,
         "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool}


def tensors(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    assert metadata.get("format", "pt") == "pt"
    body = torch.frombuffer(bytearray(data[8 + length:]), dtype=torch.uint8)
    end = 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        start, stop = entry["data_offsets"]
        assert start == end, f"{name} begins at {start}, not at {end}"
        end = stop
        yield name, body[start:stop].view(TYPES[entry["dtype"]]).reshape(entry["shape"])
    assert end == len(body)


def main(path):
    found = {}
    if os.path.isdir(path):
        index = os.path.join(path, "model.safetensors.index.json")
        if os.path.exists(index):
            places = json.load(open(index))["weight_map"]
            files = sorted(set(places.values()))
        else:
            files = ["model.safetensors"]
        for file in files:
            for name, tensor in tensors(os.path.join(path, file)):
                assert len(files) == 1 or places[name] == file
                found[name] = tensor
    else:
        found = dict(tensors(path))
    print(json.dumps({name: {
        "dtype": str(tensor.dtype).split(".")[1],
        "shape": list(tensor.shape),
        "sum": float((tensor.double().flatten() * (1 + torch.arange(tensor.numel(), dtype=torch.float64))).sum()),
    } for name, tensor in found.items()}))


if __name__ == "__main__":
    main(sys.argv[1])
