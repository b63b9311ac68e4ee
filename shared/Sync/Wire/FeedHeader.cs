using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace EdgeHub.Sync.Wire;

/// <summary>Header of a page of a feed: GET /sync/v1/feeds/{feed}?after=&amp;upto=&amp;cursor=&amp;format=. One JSON line, then the rows,
/// Brotli: in format 1 each row a JSON array in the order of the columns, LF at its end; in format 2 column by column. The first
/// column is the row's key, the second "removed" (0/1).</summary>
/// <param name="After">Version that the caller holds; 0 asks for a snapshot.</param>
/// <param name="UpTo">Version that the caller holds once the page without a next cursor is stored.</param>
/// <param name="Next">Ask again with this cursor and the same after and upto; null: this was the last page.</param>
/// <param name="RawLength">Of the rows before compression; checked before anything is inflated.</param>
/// <param name="Sha256">Of the raw rows, hexadecimal. <paramref name="Signature"/>: the hub's over <see cref="SignedBytes"/>, base64 of 64 bytes.</param>
/// <param name="Incarnation">As in the hub's hello; null: a hub that does not say.</param>
/// <param name="Format">Of the rows; null: 1.</param>
public sealed record FeedHeader(
    string Feed, string Region, string Site, long After, long UpTo, string Cursor, string? Next,
    IReadOnlyList<string> Columns, int Count, int RawLength, string Sha256, string Signature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incarnation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Format = null)
{
    /// <summary>What is signed: a magic word with the format's number and every field but the signature, one per line. No field holds a line feed; a next
    /// cursor stands behind '+', none is '-'. An incarnation has a line of its own, none has no line.</summary>
    public byte[] SignedBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"EHF{Format ?? 1}\n{Feed}\n{Region}\n{Site}\n{After}\n{UpTo}\n{Cursor}\n{(Next is null ? "-" : "+" + Next)}\n{string.Join(',', Columns)}\n{Count}\n{RawLength}\n{Sha256}{(Incarnation is null ? "" : "\n" + Incarnation)}"));
}
