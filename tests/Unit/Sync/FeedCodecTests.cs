using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class FeedCodecTests
{
    private static readonly EcdsaSigner Hub = EcdsaKeys.Create();

    public static readonly TheoryData<int> Formats = [FeedFormats.Rows, FeedFormats.Columns];

    private static byte[] Page(int rows, string cursor = "", string? next = null, int format = FeedFormats.Rows)
    {
        var page = new FeedPageWriter(FeedNames.Columns[FeedNames.Parameters], format);
        for (var i = 0; i < rows; i++)
        {
            Assert.True(page.TryAdd($"name{i}", i % 2 == 1, i % 3 == 0 ? null : $"值 \"{i}\"\n", 1.50m));
        }
        return FeedCodec.Write(FeedNames.Parameters, "530924", "530924100001", 3, 9, cursor, next, page, Hub);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfAPage_GivesHeaderAndRowsBack(int format)
    {
        var page = FeedCodec.Read(Page(7, "c1", "c2", format), Hub.PublicKey);
        Assert.Equal((FeedNames.Parameters, 3, 9, "c1", "c2", 7), (page.Header.Feed, page.Header.After, page.Header.UpTo, page.Header.Cursor, page.Header.Next, page.Header.Count));
        Assert.Equal(("name1", true, "值 \"1\"\n", 1.50m), (page.Rows[1].Key, page.Rows[1].Removed, page.Rows[1].Text(page.Column("value")), page.Rows[1].Decimal(3)));
        Assert.Null(page.Rows[3].TextOrNull(2));
        Assert.Equal(Codes.BadJson, Assert.Throws<JournalFormatException>(() => page.Rows[3].Text(2)).Code);
        Assert.Equal(Codes.UnknownFormat, Assert.Throws<JournalFormatException>(() => page.Column("absent")).Code);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfAnEmptyPage_HasNoRows(int format) => Assert.Empty(FeedCodec.Read(Page(0, format: format), Hub.PublicKey).Rows);

    [Fact]
    public void Read_OfTheSameRowsInBothFormats_GivesTheSame()
    {
        object?[][] rows =
        [
            ["a", false, "", 1L, "\\n", 0m, null, null], ["b\n\\", true, "x", -7L, null, 12.30m, null, "same"], ["", 0, "\n", long.MinValue, "s", 5L, null, "same"],
            ["值", 1, "\r\t", long.MaxValue, new DateOnly(2025, 3, 1), "12.30", null, "same"],
        ];
        string[] columns = ["key", "removed", "text", "number", "mixed", "money", "nothing", "same"];
        var cells = Enumerable.Range(0, rows.Length + 1).Select(count => ((int[])[1, 2]).Select(format =>
        {
            var page = new FeedPageWriter(columns, format);
            Assert.All(rows.Take(count), row => Assert.True(page.TryAdd(row)));
            return Cells(FeedCodec.Read(FeedCodec.Write("any", "r", "s", 0, 1, "", null, page, Hub), Hub.PublicKey));
        }).ToList()).ToList();
        Assert.All(cells, pair => Assert.Equal(pair[0], pair[1]));
        Assert.Contains("值\t1\t\r\t\t9223372036854775807\t2025-03-01\t12.30\t\tsame", cells[^1][1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s\na\n", Codes.BatchDamaged)]
    [InlineData("q\na\nb\n", Codes.BatchDamaged)]
    [InlineData("\na\nb\n", Codes.BatchDamaged)]
    [InlineData("s\na\nb\nc\n", Codes.BatchDamaged)]
    [InlineData("s\na\nb\\x\n", Codes.BadJson)]
    [InlineData("s\na\nb\\\n", Codes.BadJson)]
    [InlineData("i\n1\n2x\n", Codes.BadJson)]
    [InlineData("i\n1\n\n", Codes.BadJson)]
    [InlineData("d\n1\n1,5\n", Codes.BadJson)]
    [InlineData("=\n\n", Codes.BadJson)]
    [InlineData("=\nq1\n", Codes.BadJson)]
    [InlineData("x\nn\nnx\n", Codes.BadJson)]
    [InlineData("=\n=\n", Codes.BadJson)]
    public void Read_OfAColumnThatIsNone_IsRefused(string raw, string code) =>
        Assert.Equal(code, Assert.Throws<JournalFormatException>(() => ColumnText.Read(Encoding.UTF8.GetBytes(raw), 2, 1)).Code);

    [Fact]
    public void Read_OfTextThatIsNotUtf8_IsRefused() =>
        Assert.Equal(Codes.BadJson, Assert.Throws<JournalFormatException>(() => ColumnText.Read([(byte)'s', 10, 0xFF, 10, 65, 10], 2, 1)).Code);

    [Fact]
    public void Read_UnderAnotherKey_IsBadSignature()
    {
        using var other = EcdsaKeys.Create();
        Assert.Equal(Codes.BadSignature, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(Page(2), other.PublicKey)).Code);
        Assert.Equal(Codes.BadSignature, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(Page(2), "no key"u8)).Code);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_WithAnyByteChangedOrCut_IsRefusedByNameOrSaysTheSame(int format)
    {
        var wire = Page(20, format: format);
        var rows = Cells(FeedCodec.Read(wire, Hub.PublicKey));
        var refused = 0;
        for (var at = 0; at < wire.Length; at++)
        {
            var changed = wire.ToArray();
            changed[at] ^= 0x04;
            try
            {
                // Brotli has more than one way to write the same rows: the window's size, for example.
                Assert.Equal(rows, Cells(FeedCodec.Read(changed, Hub.PublicKey)));
            }
            catch (JournalFormatException)
            {
                refused++;
            }
            AssertRefused(wire.AsMemory(0, at));
        }
        Assert.InRange(refused, wire.Length - 3, wire.Length);
        AssertRefused((byte[])[.. wire, 0]);
    }

    [Theory]
    [InlineData("\"count\":3", "\"count\":5001", Codes.BatchTooLarge)]
    [InlineData("\"rawLength\":", "\"rawLength\":999999", Codes.BatchTooLarge)]
    [InlineData("\"after\":3", "\"after\":4", Codes.BadSignature)]
    [InlineData("\"site\":\"530924100001\"", "\"site\":\"530924100002\"", Codes.BadSignature)]
    [InlineData("\"upTo\":9", "\"upTo\":2", Codes.BatchDamaged)]
    [InlineData("\"rawLength\"", "\"format\":2,\"rawLength\"", Codes.BadSignature)]
    [InlineData("\"rawLength\"", "\"format\":3,\"rawLength\"", Codes.UnknownFormat)]
    public void Read_WithAForgedHeader_IsRefused(string found, string forged, string code)
    {
        var wire = Page(3);
        var end = Array.IndexOf(wire, (byte)'\n');
        var header = Encoding.UTF8.GetString(wire, 0, end);
        Assert.Contains(found, header, StringComparison.Ordinal);
        byte[] changed = [.. Encoding.UTF8.GetBytes(header.Replace(found, forged, StringComparison.Ordinal)), .. wire[end..]];
        Assert.Equal(code, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(changed, Hub.PublicKey)).Code);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void TryAdd_OnAFullPage_SaysSo(int format)
    {
        var page = new FeedPageWriter(["key", "removed"], format);
        for (var i = 0; i < FeedCodec.MaxRows; i++)
        {
            Assert.True(page.TryAdd(i, 0));
        }
        Assert.False(page.TryAdd("one more", 0));
        var big = new FeedPageWriter(["key", "removed"], format);
        Assert.True(big.TryAdd(new string('x', FeedCodec.MaxRawBytes - 100), 0));
        Assert.False(big.TryAdd(new string('x', 100), 0));
        Assert.Equal(Codes.BatchTooLarge, Assert.Throws<JournalFormatException>(() => new FeedPageWriter(["key", "removed"], format).TryAdd(new string('x', FeedCodec.MaxRawBytes), 0)).Code);
    }

    [Fact]
    public void SignedBytes_WithAndWithoutNext_Differ()
    {
        var header = FeedCodec.Read(Page(1), Hub.PublicKey).Header;
        Assert.NotEqual(header.SignedBytes(), (header with { Next = "" }).SignedBytes());
        Assert.NotEqual((header with { Next = "-" }).SignedBytes(), header.SignedBytes());
    }

    private static string Cells(FeedPage page) => string.Join('\n', page.Rows.Select(row => string.Join('\t', Enumerable.Range(0, row.Count).Select(row.Cell))));

    private static void AssertRefused(ReadOnlyMemory<byte> wire) => Assert.Throws<JournalFormatException>(() => FeedCodec.Read(wire, Hub.PublicKey));
}
