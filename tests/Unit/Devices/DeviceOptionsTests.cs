using EdgeHub.Agent;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Rules;
using Microsoft.Extensions.Configuration;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>The devices of a site by its settings: what is said is understood, what cannot be is refused by its name.</summary>
public sealed class DeviceOptionsTests
{
    private static DeviceOptions Of(string settings) => AgentOptions.Of(new ConfigurationBuilder().AddInMemoryCollection(
        ("State=/tmp/x " + settings).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1].Replace('_', ' '))))
        .Build()).Devices;

    [Fact]
    public void Of_NothingSaid_ReadsCardsByPcscAndHasNoSerialDevice()
    {
        var options = Of("");
        Assert.True(options.Pcsc);
        Assert.Equal((0, 0, null, null, TimeSpan.FromSeconds(8)), (options.Serial.Count, options.Areas.Count, options.Profiles, options.Authenticator, options.ReadWithin));
        Assert.False(Of("Devices:SimulatedReader=true").Pcsc);
        Assert.True(Of("Devices:SimulatedReader=true Devices:Pcsc=true").Pcsc);
    }

    [Fact]
    public void Of_SerialDevices_AreNamedByKindAndPlaceUnlessNamed()
    {
        var devices = Of("Devices:Serial:0:Port=/dev/ttyS0 Devices:Serial:0:Profile=escpos-58 Devices:Serial:1:Port=COM3 Devices:Serial:1:Profile=scanner-cr Devices:Serial:1:Name=door").Serial;
        Assert.Equal([("printer 0", "/dev/ttyS0", "escpos-58"), ("door", "COM3", "scanner-cr")], devices.Select(each => (each.Name, each.Port, each.Profile.Name)));
    }

    [Theory]
    [InlineData("Devices:Pcsc=perhaps", "Devices:Pcsc")]
    [InlineData("Devices:Cards:Areas=53x", "Devices:Cards:Areas")]
    [InlineData("Devices:Cards:Areas=5309241", "Devices:Cards:Areas")]
    [InlineData("Devices:Cards:ReadWithinSeconds=1", "Devices:Cards:ReadWithinSeconds")]
    [InlineData("Devices:Cards:Profiles=/no/such/folder", "Devices:Cards:Profiles")]
    [InlineData("Devices:Cards:Authenticator=http://elsewhere.example/", "Devices:Cards:Authenticator")]
    [InlineData("Devices:Cards:Authenticator=ftp://127.0.0.1/", "Devices:Cards:Authenticator")]
    [InlineData("Devices:Serial:0:Profile=escpos-58", "Devices:Serial:0:Port")]
    [InlineData("Devices:Serial:0:Port=COM1", "Devices:Serial:0:Profile")]
    [InlineData("Devices:Serial:0:Port=COM1 Devices:Serial:0:Profile=escpos-59", "escpos-58, escpos-80")]
    [InlineData("Devices:Serial:0:Port=COM1 Devices:Serial:0:Profile=escpos-58 Devices:Serial:1:Port=COM1 Devices:Serial:1:Profile=scanner-cr", "no other device")]
    public void Of_ValueThatCannotBe_IsRefusedByItsName(string settings, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => Of(settings)).Message, StringComparison.Ordinal);

    [Fact]
    public void Shown_EveryStateOfADevice_HasItsWordsInEveryLanguage()
    {
        var devices = new SerialDevices(TimeProvider.System);
        var readers = new CardReaders(TimeProvider.System);
        readers.Put("R", ReaderStatus.NotRead, null, new DeviceError(DeviceErrorCode.CardExpired));
        foreach (var status in Enum.GetValues<DeviceStatus>())
        {
            devices.Put(new SerialDeviceSetting(status.ToString(), "p", SerialProfiles.BuiltIn[0]), status, new DeviceError(DeviceErrorCode.PaperOut));
        }
        Assert.All(Languages.All, language => Assert.All(DeviceShown.Of(readers, devices, language), shown =>
        {
            Assert.NotEmpty(shown.Says);
            Assert.NotEmpty(shown.StaffText!);
        }));
        var reader = DeviceShown.Of(readers, null, Languages.English).Single();
        Assert.Equal(("reader", "NotRead", "The card cannot be used", "NoService"), (reader.Kind, reader.Status, reader.Says, reader.Allowed));
    }
}
