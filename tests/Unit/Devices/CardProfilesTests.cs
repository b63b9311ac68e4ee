using System.Net;
using System.Text;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Rules;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Cards as data: another kind of card is rows and no code; what cannot be is refused by table, line and column.</summary>
public sealed class CardProfilesTests
{
    private const string ApplicationHead = "profile,aid,select_file,blocked,needs_authentication,authenticated_versions\n";
    private const string FieldHead = "profile,versions,field,file,tag,record,offset,length,encoding,needed\n";

    /// <summary>A made-up card: its number in a file without records, its holder's number and name as records without tags.</summary>
    private const string Applications = ApplicationHead + "member,F04D454D424552,00A40000,6A81,6982,\n";
    private const string Fields = FieldHead + """
        member,*,CardNumber,0102,,,16,10,an,yes
        member,*,Expires,0102,,,26,4,date,no
        member,*,IdNumber,0103,,1,,18,an,yes
        member,*,Name,0103,,2,,30,gbk,no

        """;

    private static byte[] MemberCard(byte[] command)
    {
        var transparent = new byte[64];
        "M-00000042"u8.CopyTo(transparent.AsSpan(16));
        Convert.FromHexString("20300101").CopyTo(transparent.AsSpan(26));
        return command switch
        {
            [0x00, 0xA4, 0x04, ..] => command.AsSpan(5).SequenceEqual(Convert.FromHexString("F04D454D424552")) ? [0x90, 0x00] : [0x6A, 0x82],
            [0x00, 0xA4, 0x00, 0x00, 0x02, 0x01, ..] => [0x90, 0x00],
            [0x00, 0xB0, 0x00, var offset, var length] => [.. transparent.AsSpan(offset, length), 0x90, 0x00],
            [0x00, 0xB2, 0x01, 0x1C, ..] => [.. "11010519491231002X"u8, 0x90, 0x00],
            [0x00, 0xB2, 0x02, 0x1C, ..] => [.. SocialSecurityCard.Gbk.GetBytes("李四"), 0, 0, 0x90, 0x00],
            _ => [0x6D, 0x00],
        };
    }

    private static CardOutcome Read(IReadOnlyList<CardProfile> profiles, Func<byte[], byte[]> card, ICardAuthenticator? authenticator = null) =>
        new CardReading(profiles, () => CardRules.Any, authenticator ?? new NoAuthenticator(), TimeProvider.System, () => new DateOnly(2025, 3, 12))
            .Read("A", [0x3B], new CardChannel(card), ask => ask());

    [Fact]
    public void Profile_OfAnotherCardByItsAid_IsRowsAndNoCode()
    {
        var profiles = (IReadOnlyList<CardProfile>)[.. CardProfiles.BuiltIn, .. CardProfiles.Read(Applications, Fields)];
        var outcome = Read(profiles, MemberCard);
        Assert.Null(outcome.Error);
        var card = outcome.Card!;
        Assert.Equal(("M-00000042", "11010519491231002X", "李四", "member"), (card.CardNumber, card.IdNumber, card.Name, card.Profile));
        Assert.Equal(new DateOnly(2030, 1, 1), card.Expires);
        // The card that was known stays so.
        Assert.Equal("sscard", Read(profiles, new SocialSecurityCard(new CardFacts()).Answer).Card?.Profile);
        Assert.Equal(DeviceErrorCode.CardUnknown, Read(CardProfiles.BuiltIn, MemberCard).Error?.Code);
    }

    [Fact]
    public void With_AFolderOfASite_AddsItsProfiles()
    {
        var folder = Directory.CreateTempSubdirectory("card-profiles-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "CardApplications.csv"), Applications);
            File.WriteAllText(Path.Combine(folder, "CardFields.csv"), Fields);
            Assert.Equal(["sscard", "member"], CardProfiles.With(folder).Select(profile => profile.Name));
            File.WriteAllText(Path.Combine(folder, "CardApplications.csv"), Applications.Replace("F04D454D424552", Convert.ToHexString(SocialSecurityCard.Application), StringComparison.Ordinal));
            Assert.Equal(Codes.Duplicated, Assert.Throws<FaultException>(() => CardProfiles.With(folder)).Fault.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("m,F0,00A40000,,,", "m,*,Cardnumber,0102,,1,,9,an,yes", "CardFields.csv line 2 field")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,01,,1,,9,an,yes", "CardFields.csv line 2 file")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,,,9,an,yes", "CardFields.csv line 2 file")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,4,9,an,yes", "CardFields.csv line 2 file")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,,251,an,yes", "CardFields.csv line 2 length")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,,9,utf,yes", "CardFields.csv line 2 encoding")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,,9,date,yes", "CardFields.csv line 2 encoding")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,,9,an,perhaps", "CardFields.csv line 2 needed")]
    [InlineData("m,F0,00A40000,,,", "n,*,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 profile")]
    [InlineData("m,F0,00A40000,,,", "m,*,CardNumber,0102,,1,,9,an,yes\nn,*,CardNumber,0102,,1,,9,an,yes", "CardFields.csv line 3 profile")]
    [InlineData("m,F0,00A40000,,,", "m,2,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 profile")]
    [InlineData("m,F0,00A40000,,,", "m,*,Name,0102,,1,,9,gbk,yes", "CardApplications.csv line 2 profile")]
    [InlineData("m,G0,00A40000,,,", "m,*,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 aid")]
    [InlineData("m,0102030405060708090A0B0C0D0E0F1011,00A40000,,,", "m,*,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 aid")]
    [InlineData("m,F0,00A400,,,", "m,*,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 select_file")]
    [InlineData("m,F0,00A40000,62,,", "m,*,CardNumber,0102,,1,,9,an,yes", "CardApplications.csv line 2 blocked")]
    public void Read_RowThatCannotBe_IsRefusedByItsPlace(string application, string field, string place) => Assert.Equal(
        place, Assert.Throws<FaultException>(() => CardProfiles.Read(ApplicationHead + application + "\n", FieldHead + field + "\n")).Fault.Field);

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public string Asked { get; private set; } = "";

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = new StreamReader(request.Content!.ReadAsStream(cancellationToken)).ReadToEnd();
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private static readonly CardFacts Third = new() { Version = "3.00", CardNumber = "C33" };

    [Fact]
    public void Version3_WithAnAuthenticatorOverHttp_IsRead()
    {
        var cryptogram = Convert.ToHexString(SocialSecurityCard.Cryptogram([1, 2, 3, 4, 5, 6, 7, 8]));
        using var http = new Answering(HttpStatusCode.OK, $"{{\"key\":1,\"cryptogram\":\"{cryptogram}\"}}");
        using var authenticator = new HttpAuthenticator(new Uri("http://127.0.0.1:9200/"), http);
        var outcome = Read(CardProfiles.BuiltIn, new SocialSecurityCard(Third).Answer, authenticator);
        Assert.Null(outcome.Error);
        Assert.Equal(("C33", "11010519491231002X", "3.00"), (outcome.Card!.CardNumber, outcome.Card.IdNumber, outcome.Card.Version));
        Assert.Contains("\"challenge\":\"0102030405060708\"", http.Asked, StringComparison.Ordinal);
        Assert.Contains("\"algorithm\":3", http.Asked, StringComparison.Ordinal);
        Assert.Contains("\"cardId\":\"530924", http.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "{\"key\":1,\"cryptogram\":\"0000\"}", DeviceErrorCode.CardInvalid)]
    [InlineData(HttpStatusCode.OK, "{\"key\":1,\"cryptogram\":\"\"}", DeviceErrorCode.AuthenticatorSilent)]
    [InlineData(HttpStatusCode.OK, "{\"key\":1,\"cryptogram\":\"xyz\"}", DeviceErrorCode.AuthenticatorSilent)]
    [InlineData(HttpStatusCode.OK, "{\"key\":400}", DeviceErrorCode.AuthenticatorSilent)]
    [InlineData(HttpStatusCode.OK, "no json", DeviceErrorCode.AuthenticatorSilent)]
    [InlineData(HttpStatusCode.InternalServerError, "", DeviceErrorCode.AuthenticatorSilent)]
    public void Version3_AuthenticatorOrCardSaysNo_IsRefusedByName(HttpStatusCode status, string body, DeviceErrorCode code)
    {
        using var http = new Answering(status, body);
        using var authenticator = new HttpAuthenticator(new Uri("http://127.0.0.1:9200/"), http);
        var outcome = Read(CardProfiles.BuiltIn, new SocialSecurityCard(Third).Answer, authenticator);
        Assert.Equal(code, outcome.Error?.Code);
        // The number in the open file is known: who holds an invalid card is not served by hand.
        Assert.Equal("C33", outcome.Card?.CardNumber);
    }

    [Fact]
    public void Version3_AuthenticatorTooLongOrAway_IsSilent()
    {
        using var far = new HttpAuthenticator(new Uri("http://127.0.0.1:1/"));
        Assert.IsType<AuthenticationAnswer.Silent>(far.Answer(new AuthenticationAsked("sscard", 3, "00", "3B", null, null)));
    }
}
