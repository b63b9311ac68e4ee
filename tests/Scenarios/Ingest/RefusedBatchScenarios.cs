using System.Buffers.Binary;
using System.Text.Json.Nodes;
using EdgeHub.Hub.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>Every batch that a hub must refuse: by name, with nothing stored of it, nothing lost of what was stored, the right
/// batch accepted right after, and no other device harmed.</summary>
public sealed class RefusedBatchScenarios
{
    /// <summary>Each makes a wrong batch for a device whose first 3 lines are stored and that holds 6.</summary>
    private static readonly Dictionary<string, (string Refused, bool Flagged, Func<TestDevice, byte[]> Wrong)> Cases = new()
    {
        ["Nothing"] = (Codes.UnknownFormat, false, _ => []),
        ["NotABatch"] = (Codes.UnknownFormat, false, _ => "GET / HTTP/1.1\r\n\r\n"u8.ToArray()),
        ["WrongVersion"] = (Codes.UnknownFormat, false, device => Changed(device.Batch(4, 6), "\"format\":1", "\"format\":2")),
        ["HeaderNotJson"] = (Codes.BatchDamaged, false, device => Changed(device.Batch(4, 6), "{\"format\"", "[\"format\"")),
        ["HeaderLongerThanTheBatch"] = (Codes.BatchDamaged, false, device => WithHeaderLength(device.Batch(4, 6), 4000)),
        ["Truncated"] = (Codes.BatchDamaged, true, device => device.Batch(4, 6)[..^5]),
        ["Oversized"] = (Codes.BatchTooLarge, false, device => [.. device.Batch(4, 6), .. new byte[BatchCodec.MaxWireBytes]]),
        ["CountOverTheLimit"] = (Codes.BatchTooLarge, false, device => Changed(device.Batch(4, 6), "\"count\":3", "\"count\":1001")),
        ["RawLengthOverTheLimit"] = (Codes.BatchTooLarge, false, device => Changed(device.Batch(4, 6), "\"rawLength\":", "\"rawLength\":99999")),
        ["UnknownDevice"] = (Codes.UnknownDevice, false, device => device.BatchOf(4, [.. device.Lines.Skip(3)], device: "nobody-1")),
        ["WrongRegion"] = (Codes.WrongRegion, true, device => device.BatchOf(4, [.. device.Lines.Skip(3)], region: "530921")),
        ["AnotherSite"] = (Codes.WrongRegion, true, device => device.BatchOf(4, [.. device.Lines.Skip(3)], place: TestHub.OtherClinic)),
        ["ForgedByAnotherKey"] = (Codes.BadSignature, false, device => device.BatchOf(4, [.. device.Lines.Skip(3)], by: EcdsaKeys.Create())),
        ["ForgedHeader"] = (Codes.BadSignature, false, device => Changed(device.Batch(4, 6), "\"fromSeq\":4", "\"fromSeq\":5")),
        ["EpochThatTheHubNeverGave"] = (Codes.StaleEpoch, true, device => device.BatchOf(4, [.. device.Lines.Skip(3)], epoch: 2)),
        ["Reordered"] = (Codes.Gap, true, device => device.Batch(5, 6)),
        ["Fork"] = (Codes.Fork, true, device => device.BatchOf(4, [Other(device, 4)], prev: Chain.Next(Chain.Zero, Other(device, 3)))),
        ["ForkUnderKnownSequences"] = (Codes.Fork, true, device => device.BatchOf(3, [Other(device, 3)])),
        ["OtherLinesThanSigned"] = (Codes.BatchDamaged, true, device => Spliced(device.Batch(4, 6), device.BatchOf(4, [Other(device, 4), .. device.Lines.Skip(4)]))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Batch_ThatIsNotRight_IsRefusedByNameAndHarmsNothing(string name)
    {
        var (refused, flagged, wrong) = Cases[name];
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var other = await hub.EnrolAsync(TestHub.OtherClinic);
        device.Write(3);
        other.Write(2);
        await device.SendAsync(1, 3);
        device.Write(3);

        var answer = await hub.SendAsync(wrong(device));

        Assert.Equal((JournalAnswer.Refused, refused), (answer.Status, answer.Code));
        Assert.Equal(3, hub.Count("select count(*) from entry"));
        Assert.Equal(flagged ? 1 : 0, hub.Count($"select count(*) from public_device_head where device = '{device.Name}' and refused_code = '{refused}'"));
        Assert.Equal(JournalAnswer.Acknowledged, (await other.SendAsync(1, 2)).Status);
        Assert.Equal(2, (await other.HelloAsync()).Seq);
        var right = await device.SendAsync(4, 6);
        Assert.Equal((JournalAnswer.Acknowledged, 6L, Chain.Text(device.HashAt(6))), (right.Status, right.AckedThrough, right.AckedHash));
        Assert.Equal(0, hub.Count("select count(*) from public_device_head where refused_code <> ''"));
        var status = JsonNode.Parse(await hub.Http.GetStringAsync("/api/v1/status"))!;
        Assert.Equal(refused == Codes.BadSignature ? 1 : 0, status["unsignedRefused"]!.GetValue<long>());
    }

    [Fact]
    public async Task Device_Revoked_IsRefusedBeforeItsSignatureIsLookedAt()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(1);
        hub.Store.Write(session => AccessStore.Revoke(session, TestHub.Region, device.Name, "stolen", hub.Store.NowMilliseconds));

        var answer = await hub.SendAsync(device.BatchOf(1, device.Lines, region: "530921", by: EcdsaKeys.Create()));

        Assert.Equal((JournalAnswer.Refused, Codes.Revoked), (answer.Status, answer.Code));
        Assert.Equal(0, hub.Count("select count(*) from entry"));
    }

    private static byte[] Other(TestDevice device, long seq) => JournalCodec.Line(device.Head(seq, Kinds.StoreChecked), new StoreChecked("another story", seq, 0));

    /// <summary>The same batch with other header bytes, its length put right.</summary>
    private static byte[] Changed(byte[] wire, string from, string to)
    {
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(wire.AsSpan(4));
        var header = System.Text.Encoding.UTF8.GetString(wire, 8, length);
        Assert.Contains(from, header, StringComparison.Ordinal);
        var changed = System.Text.Encoding.UTF8.GetBytes(header.Replace(from, to, StringComparison.Ordinal));
        return WithHeaderLength([.. wire[..8], .. changed, .. wire[(8 + length)..]], changed.Length);
    }

    private static byte[] WithHeaderLength(byte[] wire, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(4), (uint)length);
        return wire;
    }

    /// <summary>The header of one batch over the lines of another.</summary>
    private static byte[] Spliced(byte[] header, byte[] lines)
    {
        int Start(byte[] wire) => 8 + (int)BinaryPrimitives.ReadUInt32BigEndian(wire.AsSpan(4));
        return [.. header[..Start(header)], .. lines[Start(lines)..]];
    }
}
