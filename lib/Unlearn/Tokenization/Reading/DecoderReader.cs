using Unlearn.Tokenization.Decoding;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tokenization.Reading;

/// <summary>Makes the decoder that a file describes.</summary>
internal static class DecoderReader
{
    private const string Known = "BPEDecoder, ByteFallback, ByteLevel, Fuse, Metaspace, Replace, Sequence, Strip and WordPiece";

    public static IDecoder Read(JsonPart part) => part.Type switch
    {
        "Sequence" => new DecoderSequence([.. part["decoders"].Items().Select(Read)]),
        "ByteLevel" => new ByteLevelDecoder(),
        "ByteFallback" => new ByteFallbackDecoder(),
        "Fuse" => new Fuse(),
        "Replace" => new ReplaceDecoder(NormalizerReader.Replacement(part)),
        "Strip" => new StripDecoder(part["content"].Character(), part["start"].Number(), part["stop"].Number()),
        "Metaspace" => new MetaspaceDecoder(part["replacement"].Character(), PreTokenizerReader.Scheme(part) != PrependScheme.Never),
        "WordPiece" => new WordPieceDecoder(part["prefix"].Text(), part["cleanup"].Flag()),
        "BPEDecoder" => new SuffixDecoder(part["suffix"].Text() is { Length: > 0 } suffix ? suffix : throw part["suffix"].Not("some text")),
        _ => throw part.Unknown("decoder", Known),
    };
}
