using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>
/// A Jupyter notebook (nbformat 4). What this class does not know (metadata of other tools, their order) it carries through
/// unchanged, because it keeps the JSON document itself and only edits it.
/// </summary>
public sealed class Notebook
{
    // As Jupyter writes its files: one space of indentation, text as it is, a newline at the end.
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject root;

    private Notebook(string name, JsonObject root)
    {
        (Name, this.root) = (name, root);
        Cells = [.. root["cells"]!.AsArray().Select((c, i) => NotebookCell.Of(c, $"{name}: cell {i + 1}"))];
    }

    /// <summary>The file's name without its folder and extension.</summary>
    public string Name { get; }

    /// <summary>The cells, in order.</summary>
    public ImmutableArray<NotebookCell> Cells { get; private set; }

    /// <summary>The text of the first top-level heading, or the notebook's name.</summary>
    public string Title => Cells
        .Where(c => c.Kind == CellKind.Markdown)
        .SelectMany(c => c.Source.Split('\n'))
        .FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookException">It cannot be read, is no notebook of format 4, or is not for C#.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a notebook's JSON text; the name is for messages.</summary>
    /// <exception cref="NotebookException">It is no notebook of format 4, or is not for C#.</exception>
    public static Notebook Parse(string json, string name)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject root)
                throw new NotebookException($"{name} is not a notebook: a JSON object was expected.");
            if (root["nbformat"]?.GetValue<int>() is not 4)
            {
                throw new NotebookException($"{name} should have nbformat 4 but has {root["nbformat"]?.ToJsonString() ?? "none"}; "
                    + "open and save it with a current Jupyter or VS Code.");
            }
            if (root["cells"] is not JsonArray) throw new NotebookException($"{name} has no list of cells.");
            if ((string?)root["metadata"]?["kernelspec"]?["language"] is { } language
                && language is not ("C#" or "csharp" or "polyglot-notebook"))
            {
                throw new NotebookException($"{name} is a notebook for {language}; only C# notebooks (kernelspec .net-csharp) can be run.");
            }
            return new(name, root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // InvalidOperation and Format: a value of another JSON type than the format says; Argument: a key that occurs twice.
            throw new NotebookException($"{name} is not a valid notebook: {e.Message}", e);
        }
    }

    /// <summary>Puts a code cell in front of the cell that is now at an index.</summary>
    public NotebookCell InsertCode(int index, string id, string source, string tag)
    {
        var cell = new JsonObject { ["cell_type"] = "code", ["execution_count"] = null };
        if (Cells.Any(c => c.Id is not null)) cell["id"] = id;
        cell["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) };
        cell["outputs"] = new JsonArray();
        cell["source"] = NotebookJson.Lines(source);
        root["cells"]!.AsArray().Insert(index, cell);
        var added = NotebookCell.Of(cell, Name);
        Cells = Cells.Insert(index, added);
        return added;
    }

    /// <summary>Takes a cell out.</summary>
    public void Remove(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var index = Cells.IndexOf(cell);
        root["cells"]!.AsArray().RemoveAt(index);
        Cells = Cells.RemoveAt(index);
    }

    /// <summary>The notebook as text, laid out as Jupyter does.</summary>
    public override string ToString() => root.ToJsonString(Layout) + "\n";

    /// <summary>Writes the notebook: to a temporary file first, so that the target is always a whole notebook, old or new.</summary>
    public void Save(string path) => WholeFile.Write(path, ToString());
}
