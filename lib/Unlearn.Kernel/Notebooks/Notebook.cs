using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Data;

namespace Unlearn.Kernel.Notebooks;

/// <summary>
/// A Jupyter notebook (nbformat 4). What this class does not know (metadata of other tools, fields of later formats, their spelling) it
/// carries through byte for byte, because it keeps the JSON document itself and only edits it.
/// </summary>
public sealed class Notebook
{
    /// <summary>The key of the notebook's metadata under which this project keeps what it knows of a run.</summary>
    internal const string OwnMetadata = "unlearn";

    private readonly JsonSource source;

    private Notebook(string name, JsonSource source, JsonObject root)
    {
        (Name, this.source, Root) = (name, source, root);
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

    /// <summary>The document itself.</summary>
    internal JsonObject Root { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookException">It cannot be read, is no notebook of format 4, or is not for C#.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a notebook's JSON text; the name is for messages.</summary>
    /// <exception cref="NotebookException">It is no notebook of format 4, or is not for C#.</exception>
    public static Notebook Parse(string json, string name) => Parse(Encoding.UTF8.GetBytes(json), name);

    /// <summary>Puts a code cell in front of the cell that is now at an index.</summary>
    public NotebookCell InsertCode(int index, string id, string source, string tag)
    {
        var cell = new JsonObject { ["cell_type"] = "code", ["execution_count"] = null };
        if (Cells.Any(c => c.Id is not null)) cell["id"] = id;
        cell["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) };
        cell["outputs"] = new JsonArray();
        cell["source"] = NotebookJson.Lines(source);
        Root["cells"]!.AsArray().Insert(index, cell);
        var added = NotebookCell.Of(cell, Name);
        Cells = Cells.Insert(index, added);
        return added;
    }

    /// <summary>Takes a cell out.</summary>
    public void Remove(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var index = Cells.IndexOf(cell);
        Root["cells"]!.AsArray().RemoveAt(index);
        Cells = Cells.RemoveAt(index);
    }

    /// <summary>The notebook as text: as it was read but for what has changed since.</summary>
    public override string ToString() => source.ToString();

    /// <summary>Writes the notebook: to a temporary file first, so that the target is always a whole notebook, old or new.</summary>
    public void Save(string path) => WholeFile.Write(path, ToString());

    private static Notebook Parse(byte[] json, string name)
    {
        try
        {
            var source = JsonSource.Parse(json);
            if (source.Root is not JsonObject root) throw new NotebookException($"{name} is not a notebook: a JSON object was expected.");
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
            return new(name, source, root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // InvalidOperation and Format: a value of another JSON type than the format says; Argument: bytes that are not UTF-8.
            throw new NotebookException($"{name} is not a valid notebook: {e.Message}", e);
        }
    }
}
