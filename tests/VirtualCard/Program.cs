using System.Globalization;
using System.Runtime.InteropServices;
using EdgeHub.Tests.VirtualCard;

// A social security card without plastic, for a slot of vsmartcard-vpcd:
//   virtual-card --port 35963 [--version 2.00] [--card C00000001] [--id 11010519491231002X] [--name 张三] [--area 530924] [--expires 20991231]
// It is in the slot until Enter is pressed or the input ends. Or a box of them beside a card daemon of its own with two readers, as a page:
//   virtual-card box --folder DIR --port 8123 --cards FILE      (a line of FILE: label|kind|card number|identity number|name|area)
// It ends with SIGTERM or Ctrl-C. Exit code 3: this machine cannot have it; it says why.
string Given(string name, string otherwise) => Array.IndexOf(args, "--" + name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;

if (!int.TryParse(Given("port", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65_535)
{
    Console.Error.WriteLine("--port N: the slot's port, 35963 with the package's own configuration, one more for the second slot; with box the page's.");
    return 2;
}
if (args is ["box", ..])
{
    if (PrivatePcscd.WhyNot() is { } why)
    {
        Console.Error.WriteLine(why);
        return 3;
    }
    using var pcscd = new PrivatePcscd(Given("folder", ""));
    pcscd.Start();
    await using var box = new CardBox(pcscd, [.. (await File.ReadAllLinesAsync(Given("cards", ""))).Where(line => line.Length > 0).Select(BoxedCard.Read)], port);
    var ended = new TaskCompletionSource();
    void End(PosixSignalContext context)
    {
        context.Cancel = true;
        ended.TrySetResult();
    }
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    Console.WriteLine($"The box stands at http://127.0.0.1:{port}/; its daemon's socket is {pcscd.Socket}.");
    await Task.WhenAny(box.Serve(), ended.Task);
    return 0;
}
var usual = new CardFacts();
var card = new SocialSecurityCard(new CardFacts
{
    Version = Given("version", usual.Version), CardNumber = Given("card", usual.CardNumber), IdNumber = Given("id", usual.IdNumber),
    Name = Given("name", usual.Name), Area = Given("area", usual.Area), Expires = Given("expires", usual.Expires),
});
await using (new VpcdPlug(port, card))
{
    Console.WriteLine($"The card is in the slot at port {port}. Enter takes it out.");
    Console.ReadLine();
}
Console.WriteLine($"{card.Commands} commands were answered.");
return 0;
