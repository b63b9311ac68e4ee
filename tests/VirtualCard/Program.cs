using System.Globalization;
using EdgeHub.Tests.VirtualCard;

// A social security card without plastic, for a slot of vsmartcard-vpcd:
//   virtual-card --port 35963 [--version 2.00] [--card C00000001] [--id 11010519491231002X] [--name 张三] [--area 530924] [--expires 20991231]
// It is in the slot until Enter is pressed or the input ends.
string Given(string name, string otherwise) => Array.IndexOf(args, "--" + name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;

if (!int.TryParse(Given("port", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65_535)
{
    Console.Error.WriteLine("--port N: the slot's port, 35963 with the package's own configuration, one more for the second slot.");
    return 2;
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
