"""Executes a notebook with nbconvert, whose executing is nbclient's, and converts the result to HTML as nbconvert's users do.

Arguments: the notebook, the folder in which its cells run, the file for the executed notebook, and one for the notebook as it came, both
written by nbformat, so that numbers are spelt alike.
"""
import sys

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

source, folder, target, copy = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
nbformat.write(notebook, copy)
code = [cell for cell in notebook.cells if cell.cell_type == "code"]
for cell in code:
    cell.outputs, cell.execution_count = [], None
ExecutePreprocessor(timeout=1200, kernel_name=".net-csharp").preprocess(notebook, {"metadata": {"path": folder}})
nbformat.validate(notebook)
nbformat.write(notebook, target)

pictures = [output for cell in code for output in cell.outputs if "image/png" in output.get("data", {})]
page, _ = HTMLExporter().from_notebook_node(notebook)
shown = page.count("data:image/png;base64,")
if shown < len(pictures):
    sys.exit("the page shows %d of %d charts" % (shown, len(pictures)))
