using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;

namespace EdgeHub.Hub.Access;

/// <summary>hub client add|list|end.</summary>
public static class ClientCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("client", "Programs of others that may call this hub.");
        var name = new Argument<string>("name") { Description = "Whose program it is, for example the booking system of a region." };
        var may = new Option<string>("--may") { Description = "What it may: " + string.Join(", ", Clients.Rights), Required = true };
        var add = frame.At("client add", "Prints a token, once; it is sent as Authorization: Bearer TOKEN.");
        add.Arguments.Add(name);
        add.Options.Add(may);
        frame.OnStore(add, (parsed, hub) =>
        {
            frame.Output.WriteLine(Clients.Add(hub, parsed.GetRequiredValue(name), parsed.GetRequiredValue(may)));
            return CommandFrame.Done;
        });
        var ended = new Argument<string>("name") { Description = "The client's name, as hub client list shows it." };
        var end = frame.At("client end", "Ends a client; its token is refused from now on.");
        end.Arguments.Add(ended);
        frame.OnStore(end, (parsed, hub) =>
        {
            Clients.End(hub, parsed.GetRequiredValue(ended));
            frame.Output.WriteLine($"{parsed.GetRequiredValue(ended)} may not call any more.");
            return CommandFrame.Done;
        });
        var list = frame.At("client list", "All clients: name, what it may, made, ended.");
        frame.OnStore(list, (_, hub) =>
        {
            foreach (var client in hub.Read(session => ClientStore.All(session, hub.Region)))
            {
                frame.Output.WriteLine($"{client.Name}  {client.May}  made {Instant(client.MadeMs)}  {(client.EndedMs is { } at ? $"ended {Instant(at)}" : "may call")}");
            }
            return CommandFrame.Done;
        });
    }

    private static string Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
