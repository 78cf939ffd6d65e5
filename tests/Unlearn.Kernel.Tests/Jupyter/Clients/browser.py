"""Runs browser.mjs against Debian's classic notebook, which is started for it. Arguments: node, npm's folder, Chromium, and a folder for
pictures."""
import sys

import nbformat

from server import drive, server

node, packages, chromium, pictures = sys.argv[1:]
notebook = nbformat.v4.new_notebook(
    metadata={"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}},
    cells=[
        nbformat.v4.new_markdown_cell("# What a browser shows"),
        nbformat.v4.new_code_cell('#r "Plotly.NET.dll"\n#r "Plotly.NET.CSharp.dll"\nusing Plotly.NET.CSharp;\nvar kept = 41;'),
        nbformat.v4.new_code_cell(
            'new[] { new { Method = "NPO", Retain = 0.82 }, new { Method = "GA", Retain = 0.03 } }'),
        nbformat.v4.new_code_cell(
            'Chart.Line<int, double, string>([1, 2, 3, 4], [0.9, 0.7, 0.6, 0.55], Name: "NPO")\n'
            '    .WithXAxisStyle<double, double, string>(TitleText: "epoch")'),
        nbformat.v4.new_code_cell('var bar = display("working"); bar.Update("done");\nConsole.WriteLine(kept + 1);'),
    ])
nbformat.write(notebook, "browser.ipynb")
with server("notebook", "NotebookApp") as (address, token):
    drive("browser.mjs", node, address, token, packages, chromium, pictures)
