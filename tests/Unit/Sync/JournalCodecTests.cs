using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class JournalCodecTests
{
    [Fact]
    public void Line_OfAnEntry_HasItsKeysInOrderChineseAsItselfAndOneLineFeed() => Assert.Equal(
        """{"seq":1,"kind":"CheckedIn","schema":1,"captured":"2025-03-05T01:02:04.004Z","civilDay":"2025-03-05","clock":{"tickMilliseconds":1000,"offsetMilliseconds":-250,"demoMilliseconds":0},"body":{"visit":"530924100001-20250305-0001","person":"P000000001","visitType":"11","evidence":{"kind":"manual","device":"desk","reason":"读卡器坏了"},"operator":"dr.li"}}""" + "\n",
        Encoding.UTF8.GetString(SyncSamples.Line(1, SyncSamples.Bodies[1])));

    [Fact]
    public void ReadHead_OfEveryKind_GivesWhatWasWritten()
    {
        foreach (var (body, seq) in SyncSamples.Bodies.Select((body, i) => (body, i + 1L)))
        {
            var line = SyncSamples.Line(seq, body);
            var head = JournalCodec.ReadHead(line, out var at);
            Assert.Equal(SyncSamples.Head(seq, body.GetType().Name), head);
            Assert.Equal((byte)'{', line[at][0]);
            Assert.Equal((byte)'}', line[at][^1]);
        }
    }

    [Fact]
    public void ReadBody_OfASettlement_GivesItBackToTheDigit()
    {
        var line = SyncSamples.Line(3, SyncSamples.Settled);
        JournalCodec.ReadHead(line, out var at);
        var back = JournalCodec.ReadBody<VisitSettled>(line.AsSpan()[at]);
        Assert.Equal(line, SyncSamples.Line(3, back));
        Assert.Equal("1.850", back.Lines[0].Price.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "one LF")]
    [InlineData("{}", "one LF")]
    [InlineData("{}\n\n", "one LF")]
    [InlineData("\n", "line")]
    [InlineData("{}\n", "missing")]
    [InlineData("[]\n", "StartObject")]
    [InlineData("{\"seq\":1,\"seq\":1}\n", "twice")]
    [InlineData("{\"seq\":0}\n", "seq")]
    [InlineData("{\"seq\":1.5}\n", "seq")]
    [InlineData("{\"seq\":9223372036854775808}\n", "seq")]
    [InlineData("{\"seq\":1,\"kind\":\"\"}\n", "kind")]
    [InlineData("{\"seq\":1,\"kind\":\"a b\"}\n", "kind")]
    [InlineData("{\"seq\":1,\"kind\":7}\n", "kind")]
    [InlineData("{\"schema\":-1}\n", "schema")]
    [InlineData("{\"captured\":\"2025-03-05T01:02:03Z\"}\n", "captured")]
    [InlineData("{\"captured\":\"2025-02-29T01:02:03.000Z\"}\n", "captured")]
    [InlineData("{\"captured\":\"2025-03-05T01:02:60.000Z\"}\n", "captured")]
    [InlineData("{\"civilDay\":\"2025-13-01\"}\n", "civilDay")]
    [InlineData("{\"civilDay\":\"0000-01-01\"}\n", "civilDay")]
    [InlineData("{\"clock\":{}}\n", "tickMilliseconds")]
    [InlineData("{\"clock\":{\"tickMilliseconds\":1,\"offsetMilliseconds\":9000000000000000000}}\n", "offsetMilliseconds")]
    [InlineData("{\"body\":[]}\n", "body")]
    [InlineData("{\"body\":{]}\n", "body")]
    [InlineData("{\"body\":{}}\n", "missing")]
    [InlineData("{\"body\":{},\"seq\":1}\n", "body")]
    public void ReadHead_OfWhatIsNoLine_IsRefusedByName(string line, string detail)
    {
        var refused = Assert.Throws<JournalFormatException>(() => JournalCodec.ReadHead(Encoding.UTF8.GetBytes(line), out _));
        Assert.Equal(Codes.BadJson, refused.Code);
        Assert.Contains(detail, refused.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("{\"result\":\"ok\",\"lastSeq\":1,\"unacknowledged\":0},\"seq\":2", "after")]
    [InlineData("{\"result\":\"ok\",\"lastSeq\":1,\"result\":\"bad\",\"unacknowledged\":0}", "uplicate")]
    [InlineData("{\"result\":null,\"lastSeq\":1,\"unacknowledged\":0}", "null")]
    [InlineData("{\"result\":\"ok\",\"lastSeq\":1}", "unacknowledged")]
    [InlineData("{\"result\":\"ok\",\"lastSeq\":9223372036854775808,\"unacknowledged\":0}", "lastSeq")]
    [InlineData("{\"result\":\"ok\",\"lastSeq\":1,\"unacknowledged\":0,\"x\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}", "depth")]
    [InlineData("{\"result\":", "")]
    [InlineData("null", "null")]
    public void ReadBody_OfWhatIsNoBody_IsUnreadableByName(string body, string detail)
    {
        var refused = Assert.Throws<JournalFormatException>(() => JournalCodec.ReadBody<StoreChecked>(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(Codes.BodyUnreadable, refused.Code);
        Assert.Contains(detail, refused.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Line_LongerThanTheLimit_IsRefusedByName()
    {
        var refused = Assert.Throws<JournalFormatException>(() =>
            JournalCodec.Line(SyncSamples.Head(1), new StoreChecked(new string('x', JournalCodec.MaxLineBytes), 1, 1)));
        Assert.Equal(Codes.TooLong, refused.Code);
        Assert.Equal(SyncSamples.Line(9, SyncSamples.Bodies[8]), SyncSamples.Line(9, SyncSamples.Bodies[8]));
    }
}
