#!/usr/bin/python3
"""Writes schema-cases.json: notebooks, each with the verdict of Jupyter's own nbformat (Debian's python3-nbformat) on it.

Run: /usr/bin/python3 schema_cases.py > schema-cases.json
"""
import copy
import json
import sys

from nbformat.validator import get_validator

BASE = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# T\n", "text"]},
        {
            "cell_type": "code", "execution_count": 1, "id": "b", "metadata": {"tags": ["x"]}, "source": "1",
            "outputs": [
                {"name": "stdout", "output_type": "stream", "text": ["t"]},
                {"data": {"text/plain": "1", "application/json": {"k": [1]}}, "execution_count": 1, "metadata": {},
                 "output_type": "execute_result"},
                {"data": {"text/html": ["<b>", "x"]}, "metadata": {}, "output_type": "display_data"},
                {"ename": "E", "evalue": "v", "output_type": "error", "traceback": ["l"]},
            ],
        },
        {"cell_type": "raw", "id": "c", "metadata": {}, "source": ""},
    ],
    "metadata": {"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)"}, "language_info": {"name": "C#"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
ABSENT = object()
EDITS = [
    ("as it should be", [], None),
    ("no minor version", ["nbformat_minor"], ABSENT),
    ("minor version 4", ["nbformat_minor"], 4),
    ("minor version text", ["nbformat_minor"], "5"),
    ("no metadata", ["metadata"], ABSENT),
    ("metadata a list", ["metadata"], []),
    ("unknown root member", ["other"], 1),
    ("kernelspec without display name", ["metadata", "kernelspec", "display_name"], ABSENT),
    ("kernelspec with another member", ["metadata", "kernelspec", "language"], "C#"),
    ("kernelspec null", ["metadata", "kernelspec"], None),
    ("language without name", ["metadata", "language_info"], {}),
    ("title a number", ["metadata", "title"], 3),
    ("authors no list", ["metadata", "authors"], {}),
    ("orig_nbformat zero", ["metadata", "orig_nbformat"], 0),
    ("unknown metadata", ["metadata", "zz"], {"a": 1}),
    ("no id", ["cells", 0, "id"], ABSENT),
    ("empty id", ["cells", 0, "id"], ""),
    ("id with a space", ["cells", 0, "id"], "a b"),
    ("id of 64", ["cells", 0, "id"], "x" * 64),
    ("id of 65", ["cells", 0, "id"], "x" * 65),
    ("id with a dot", ["cells", 0, "id"], "a.b"),
    ("no cell metadata", ["cells", 0, "metadata"], ABSENT),
    ("no source", ["cells", 0, "source"], ABSENT),
    ("unknown cell member", ["cells", 0, "zz"], 1),
    ("outputs in markdown", ["cells", 0, "outputs"], []),
    ("attachments", ["cells", 0, "attachments"], {"a.png": {"image/png": "AAAA"}}),
    ("attachments a list", ["cells", 0, "attachments"], []),
    ("attachment a number", ["cells", 0, "attachments"], {"a.png": {"image/png": 3}}),
    ("attachments in code", ["cells", 1, "attachments"], {}),
    ("no execution count", ["cells", 1, "execution_count"], ABSENT),
    ("execution count null", ["cells", 1, "execution_count"], None),
    ("execution count negative", ["cells", 1, "execution_count"], -1),
    ("no outputs", ["cells", 1, "outputs"], ABSENT),
    ("tag with a comma", ["cells", 1, "metadata", "tags"], ["a,b"]),
    ("tag twice", ["cells", 1, "metadata", "tags"], ["a", "a"]),
    ("tag a number", ["cells", 1, "metadata", "tags"], [1]),
    ("tags a text", ["cells", 1, "metadata", "tags"], "a"),
    ("collapsed a text", ["cells", 1, "metadata", "collapsed"], "no"),
    ("scrolled auto", ["cells", 1, "metadata", "scrolled"], "auto"),
    ("scrolled maybe", ["cells", 1, "metadata", "scrolled"], "maybe"),
    ("empty name", ["cells", 1, "metadata", "name"], ""),
    ("jupyter a text", ["cells", 1, "metadata", "jupyter"], "x"),
    ("execution a text", ["cells", 1, "metadata", "execution"], "x"),
    ("execution time a number", ["cells", 1, "metadata", "execution"], {"shell.execute_reply": 1}),
    ("execution times", ["cells", 1, "metadata", "execution"], {"shell.execute_reply": "2024-01-01T00:00:00Z"}),
    ("format of raw a number", ["cells", 2, "metadata", "format"], 1),
    ("format of raw", ["cells", 2, "metadata", "format"], "text/latex"),
    ("unknown output", ["cells", 1, "outputs", 0], {"output_type": "movie"}),
    ("stream without name", ["cells", 1, "outputs", 0, "name"], ABSENT),
    ("stream without text", ["cells", 1, "outputs", 0, "text"], ABSENT),
    ("stream of numbers", ["cells", 1, "outputs", 0, "text"], [1]),
    ("stream with more", ["cells", 1, "outputs", 0, "zz"], 1),
    ("result without data", ["cells", 1, "outputs", 1, "data"], ABSENT),
    ("result without count", ["cells", 1, "outputs", 1, "execution_count"], ABSENT),
    ("text an object", ["cells", 1, "outputs", 1, "data", "text/plain"], {}),
    ("vendor json an object", ["cells", 1, "outputs", 1, "data", "application/vnd.x+json"], {"a": 1}),
    ("xml an object", ["cells", 1, "outputs", 1, "data", "application/xml"], {"a": 1}),
    ("display without metadata", ["cells", 1, "outputs", 2, "metadata"], ABSENT),
    ("display with count", ["cells", 1, "outputs", 2, "execution_count"], 1),
    ("error without traceback", ["cells", 1, "outputs", 3, "traceback"], ABSENT),
    ("traceback a text", ["cells", 1, "outputs", 3, "traceback"], "l"),
    ("error name a number", ["cells", 1, "outputs", 3, "ename"], 1),
]


def edited(path, value):
    notebook = copy.deepcopy(BASE)
    if path:
        place = notebook
        for step in path[:-1]:
            place = place[step]
        if value is ABSENT:
            del place[path[-1]]
        else:
            place[path[-1]] = value
    return notebook


def is_valid(notebook):
    try:
        get_validator(4, 5).validate(notebook)
        return True
    except Exception as error:  # which class it is depends on the validator that nbformat chose
        assert "Valid" in type(error).__name__, error
        return False


cases = [{"name": name, "valid": is_valid(nb), "notebook": nb} for name, path, value in EDITS for nb in [edited(path, value)]]
json.dump(cases, sys.stdout, indent=1)
print()
