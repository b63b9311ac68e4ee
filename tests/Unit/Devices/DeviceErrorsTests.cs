using EdgeHub.Agent.Devices;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>The one table error -> action, held against the program's list of errors.</summary>
public sealed class DeviceErrorsTests
{
    [Fact]
    public void Table_HasEachErrorOnce_InTheOrderOfTheList() => Assert.Equal(Enum.GetValues<DeviceErrorCode>(), DeviceErrors.All.Keys.Order());

    [Fact]
    public void Table_CardsThatAreNotValid_HaveNoServiceAndNobodyElse() => Assert.Equal(
        [DeviceErrorCode.CardWrongArea, DeviceErrorCode.CardInvalid, DeviceErrorCode.CardBlocked, DeviceErrorCode.CardExpired],
        DeviceErrors.All.Values.Where(row => row.Allowed == Allowed.NoService).Select(row => row.Code).Order());

    [Theory]
    [InlineData(DeviceErrorCode.ReaderGone)]
    [InlineData(DeviceErrorCode.ReaderHung)]
    [InlineData(DeviceErrorCode.CardMute)]
    [InlineData(DeviceErrorCode.CardUnreadable)]
    [InlineData(DeviceErrorCode.CardSystemStopped)]
    public void Table_NotReadableOrReaderGone_MayBeEnteredByHand(DeviceErrorCode code) => Assert.Equal(Allowed.ManualEntry, DeviceErrors.For(code).Allowed);

    [Fact]
    public void Texts_SayWhatByHandMeansInEveryLanguage() => Assert.All(DeviceErrors.All.Values, row => Assert.All(Languages.All, language =>
    {
        Assert.NotEqual(row.Patient(language), row.Staff(language));
        // What a patient reads over a shoulder shames nobody and names no machine part.
        Assert.DoesNotContain("PSAM", row.Patient(language), StringComparison.Ordinal);
        Assert.InRange(row.Patient(language).Length, 5, 120);
    }));

    [Fact]
    public void States_EveryReadersStateHasItsWords() => Assert.All(Enum.GetNames<ReaderStatus>(), status => Assert.Contains(status, DeviceStates.All));

    [Theory]
    [InlineData("NoSuchError,retry,a,b,c,d,e,f", Codes.UnknownCode)]
    [InlineData("7,retry,a,b,c,d,e,f", Codes.UnknownCode)]
    [InlineData("CardMute,perhaps,a,b,c,d,e,f", Codes.UnknownCode)]
    [InlineData("CardMute,retry,a,b,c,d,e,", Codes.Missing)]
    [InlineData("CardMute,retry,a,b,c,d,e,f\nCardMute,none,a,b,c,d,e,f", Codes.Duplicated)]
    public void Parse_RowThatCannotBe_IsRefusedByItsField(string rows, string code)
    {
        var table = CsvText.Parse("t", "error,allowed,patient_zh-CN,patient_sv-SE,patient_en-GB,staff_zh-CN,staff_sv-SE,staff_en-GB\n" + rows + "\n");
        Assert.Equal(code, Assert.Throws<FaultException>(() => DeviceErrors.Parse(table)).Fault.Code);
    }
}
