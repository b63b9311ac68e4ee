using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Scenarios.Devices;

/// <summary>Real PC/SC: pcscd with vpcd, a virtual card that answers the social security card's own commands, and the agent's process.</summary>
public sealed class CardReaderTests(PcscClinic clinic) : IClassFixture<PcscClinic>
{
    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static object ByCard(string reader) => new { kind = "card", reader };

    [PcscTheory]
    [InlineData("1.00", true, 0x02)]
    [InlineData("1.00", false, 0x00)]
    [InlineData("2.00", true, 0x00)]
    [InlineData("2.00", false, 0x02)]
    public async Task Card_Inserted_IsReadAndChecksIn(string version, bool byTag, byte select)
    {
        var card = new SocialSecurityCard(PcscClinic.Facts(5) with { Version = version, IsReadByTag = byTag, SelectFileBy = select });
        await using (new VpcdPlug(clinic.Pcscd.Port, card))
        {
            var reader = await clinic.Shows(clinic.First, "Read");
            Assert.Equal((Reference.Card(5), "样本5", version, "2"), (
                Text(reader["card"]!["cardNumber"]), Text(reader["card"]!["name"]), Text(reader["card"]!["version"]), Text(reader["card"]!["sex"])));
            var (status, visit) = await clinic.CheckIn(new { kind = "card" });
            Assert.Equal((HttpStatusCode.OK, "P5"), (status, Text(visit!["person"])));
        }
        await clinic.Shows(clinic.First, "Ready");
        Assert.Equal(0, card.PinTries);
        Assert.Equal(HttpStatusCode.BadRequest, (await clinic.CheckIn(new { kind = "card" })).Status);
    }

    [PcscFact]
    public async Task Cards_InTwoReaders_AreTwoPersons()
    {
        await using var first = clinic.Insert(PcscClinic.Facts(6));
        await using var second = clinic.Insert(PcscClinic.Facts(7), slot: 1);
        await clinic.Shows(clinic.First, "Read");
        await clinic.Shows(clinic.Second, "Read");
        Assert.Equal("P6", Text((await clinic.CheckIn(ByCard(clinic.First))).Body!["person"]));
        Assert.Equal("P7", Text((await clinic.CheckIn(ByCard(clinic.Second))).Body!["person"]));
        first.Pull();
        second.Pull();
        await clinic.Shows(clinic.First, "Ready");
        await clinic.Shows(clinic.Second, "Ready");
    }

    [PcscFact]
    public async Task Card_PulledInMidRead_SaysSoAndTheNextOneIsRead()
    {
        var card = new SocialSecurityCard(PcscClinic.Facts(8)) { Instead = command => command[1] == 0xB2 ? [] : null };
        await using (new VpcdPlug(clinic.Pcscd.Port, card))
        {
            await clinic.Shows(clinic.First, "Ready", "CardPulled");
        }
        await using (clinic.Insert(PcscClinic.Facts(8)))
        {
            await clinic.Shows(clinic.First, "Read");
        }
        await clinic.Shows(clinic.First, "Ready");
    }

    [PcscFact]
    public async Task Card_ThatNeverAnswers_HoldsItsReaderAndNoOther()
    {
        using var release = new ManualResetEventSlim(false);
        var hung = new SocialSecurityCard(PcscClinic.Facts(9))
        {
            Instead = command =>
            {
                if (command[1] == 0xB2)
                {
                    release.Wait();
                }
                return null;
            },
        };
        await using (var plug = new VpcdPlug(clinic.Pcscd.Port, hung))
        {
            var faulty = await clinic.Shows(clinic.First, "Faulty", "ReaderHung");
            Assert.Equal(("ManualEntry", "The reader is not answering. Take the card out and put it in again."), (Text(faulty["allowed"]), Text(faulty["patientText"])));
            await using (clinic.Insert(PcscClinic.Facts(10), slot: 1))
            {
                await clinic.Shows(clinic.Second, "Read");
            }
            var (status, visit) = await clinic.CheckIn(new { kind = "manual", number = "P9", reason = "reader hangs", reader = clinic.First });
            Assert.Equal((HttpStatusCode.OK, "P9"), (status, Text(visit!["person"])));
            plug.Pull();
            release.Set();
            await clinic.Shows(clinic.First, "Ready", "CardPulled");
        }
        await using (clinic.Insert(PcscClinic.Facts(9)))
        {
            await clinic.Shows(clinic.First, "Read");
        }
        await clinic.Shows(clinic.First, "Ready");
    }

    [PcscFact]
    public async Task Daemon_KilledAndBack_ReadersComeBackByThemselves()
    {
        await using (clinic.Insert(PcscClinic.Facts(11)))
        {
            await clinic.Shows(clinic.First, "Read");
            clinic.Pcscd.Kill();
            await clinic.Shows(clinic.First, "Absent", "CardSystemStopped");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clinic.CheckIn(ByCard(clinic.First))).Status);
        }
        clinic.Pcscd.Restart();
        await clinic.Shows(clinic.First, "Ready");
        await using (clinic.Insert(PcscClinic.Facts(11)))
        {
            await clinic.Shows(clinic.First, "Read");
            Assert.Equal("P11", Text((await clinic.CheckIn(ByCard(clinic.First))).Body!["person"]));
        }
        await clinic.Shows(clinic.First, "Ready");
    }

    [PcscTheory]
    [InlineData("20250311", "530924", "CardExpired", 12)]
    [InlineData("20250312", "530102", null, 13)]
    [InlineData("20250312", "110101", "CardWrongArea", 14)]
    public async Task Card_OfADayOrAnArea_IsTakenOrNotAndItsHolderNotServedByHand(string expires, string area, string? error, int person)
    {
        await using (clinic.Insert(PcscClinic.Facts(person) with { Expires = expires, Area = area }))
        {
            await clinic.Shows(clinic.First, error is null ? "Read" : "NotRead", error);
        }
        await clinic.Shows(clinic.First, "Ready");
        var (status, body) = await clinic.CheckIn(new { kind = "manual", number = $"P{person}", reason = "card does not work" });
        Assert.Equal(error is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(error is null ? null : "CardRefused", body!["code"]?.GetValue<string>());
    }

    [PcscFact]
    public async Task Card_OfVersion3_IsRefusedClearlyAndMayBeEnteredByHand()
    {
        await using (clinic.Insert(PcscClinic.Facts(15) with { Version = "3.00" }))
        {
            var reader = await clinic.Shows(clinic.First, "NotRead", "CardNeedsAuthentication");
            Assert.Equal(("ManualEntry", "version 3.00"), (Text(reader["allowed"]), Text(reader["detail"])));
            Assert.Equal(HttpStatusCode.OK, (await clinic.CheckIn(new { kind = "manual", number = "P15", reason = "card of version 3" })).Status);
        }
        await clinic.Shows(clinic.First, "Ready");
    }

    [PcscFact]
    public async Task Card_OfAnotherKind_IsUnknownWithItsAtrAndWhatWasTried()
    {
        await using (new VpcdPlug(clinic.Pcscd.Port, _ => [0x6A, 0x82], Convert.FromHexString("3B8F8001804F0CA000000306030001000000006A")))
        {
            var reader = await clinic.Shows(clinic.First, "NotRead", "CardUnknown");
            Assert.Equal("ATR 3B8F8001804F0CA000000306030001000000006A; tried 7378312E73682EC9E7BBE1B1A3D5CF 6A82", Text(reader["detail"]));
            Assert.Equal("Retry", Text(reader["allowed"]));
        }
        await clinic.Shows(clinic.First, "Ready");
    }

    /// <summary>The card that vsmartcard's own emulator plays is none of ours. Its other types do not come as far as to say their ATR on
    /// Debian 12: cryptoflex and handler_test break under Python 3, nPA needs OpenPACE for Python, ePass a passport's picture.</summary>
    [EmulatorFact]
    public async Task Card_OfTheEmulatorsOwn_IsRefusedWithoutACrash()
    {
        using var emulator = new CardEmulator("iso7816", clinic.Pcscd.Port);
        var reader = await clinic.Shows(clinic.First, "NotRead", "CardUnknown");
        Assert.StartsWith("ATR 3B", Text(reader["detail"]), StringComparison.Ordinal);
        emulator.Dispose();
        await clinic.Shows(clinic.First, "Ready");
        Assert.Equal(HttpStatusCode.OK, (await clinic.Agent.Get("/health")).Status);
    }
}
