using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tokenization.Added;
using Unlearn.Tokenization.Models;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Tokenization;

/// <summary>Reads Hugging Face's <c>tokenizer.json</c>.</summary>
/// <remarks>
/// <para>
/// Known are byte-level BPE (GPT-2, Phi, Llama 3, Qwen), SentencePiece-style BPE with byte fallback (Llama 2), WordPiece (BERT) and
/// Unigram (T5, DeBERTa-v3) with the normalizers, pre-tokenizers, post-processors and decoders that go with them. Whatever would make ids
/// differ from the original's is refused by its name instead of ignored.
/// </para>
/// <para>
/// The entries <c>truncation</c> and <c>padding</c> are ignored knowingly: they are settings of one caller's batch that Python's library
/// saved along, and rows here are cut and filled by whoever makes a batch.
/// </para>
/// </remarks>
public static class TokenizerJson
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A <c>tokenizer.json</c>.</param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, contradicts itself or has a part that is not supported; the message names it.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PipelineTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads what a file would hold.</summary>
    /// <param name="path">The name of the file in complaints.</param>
    /// <param name="bytes">JSON.</param>
    internal static PipelineTokenizer Read(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(new(document.RootElement, ""), target => WholeFile.Write(target, bytes));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"'{path}' should be a tokenizer.json but is not complete JSON ({Shown(error)}). Write or copy it again.", error);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' should be a tokenizer.json that is supported, but {Shown(error)}", error);
        }
    }

    /// <summary>A message without the half of a file that some quote.</summary>
    private static string Shown(Exception error) => error.Message is { Length: > 500 } message ? message[..500] + "…" : error.Message;

    private static PipelineTokenizer Read(JsonPart root, Action<string> save)
    {
        var cut = root.Find("pre_tokenizer");
        var (vocabulary, model) = ModelReader.Read(root["model"], cut is { } part && PreTokenizerReader.IsByteLevel(part));
        var tokenizer = new PipelineTokenizer(vocabulary, model, new()
        {
            Added = AddedTokens(root, vocabulary),
            Normalizer = root.Find("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
            PreTokenizer = cut is { } preTokenizer ? PreTokenizerReader.Read(preTokenizer) : null,
            Frame = root.Find("post_processor") is { } frame ? FrameReader.Read(frame) : Framing.Frame.None,
            Decoder = root.Find("decoder") is { } decoder ? DecoderReader.Read(decoder) : null,
        }, save);
        return tokenizer.HighestFrameId < tokenizer.VocabularySize ? tokenizer
            : throw new FormatException($"post_processor adds the id {tokenizer.HighestFrameId}, which no token has.");
    }

    private static ImmutableArray<AddedToken> AddedTokens(JsonPart root, Vocabulary vocabulary)
    {
        var tokens = ImmutableArray.CreateBuilder<AddedToken>();
        var ids = new Dictionary<int, string>();
        var next = vocabulary.Count;                        // the original gives out ids itself and only warns of others in the file
        foreach (var part in root.Find("added_tokens")?.Items() ?? [])
        {
            var (content, id) = (part["content"], part["id"].Number());
            if (content.Text() == "") throw content.Not("text that is not empty");
            var expected = vocabulary.Find(content.Text()) ?? next;
            if (id != expected) throw part["id"].Not($"{expected}, which the original library gives that token,");
            next = Math.Max(next, id + 1);
            if (!ids.TryAdd(id, content.Text())) throw content.Not("a token that is not listed already");
            tokens.Add(new(content.Text(), id)
            {
                Special = part.Flag("special", missing: false),
                Normalized = part.Flag("normalized", missing: true),
                SingleWord = part.Flag("single_word", missing: false),
                StripsLeft = part.Flag("lstrip", missing: false),
                StripsRight = part.Flag("rstrip", missing: false),
            });
        }
        return tokens.ToImmutable();
    }
}
