using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Jobs;

/// <summary>The command line that the rooms hang their commands on. Exit codes: 0 done, 1 done and found something wrong,
/// 2 a value that was given is not right, 3 the store cannot be used.</summary>
public sealed class CommandFrame
{
    public const int Done = 0;
    public const int FoundWrong = 1;
    public const int BadInput = 2;
    public const int StoreUnusable = 3;

    private readonly RootCommand _root = new("EdgeHub's central office: receives the clinics' journals, decides, keeps the books.");

    public CommandFrame(TimeProvider clock, IEntropy entropy, TextWriter output, TextWriter errors)
    {
        (Clock, Entropy, Output, Errors) = (clock, entropy, output, errors);
        _root.Options.Add(Data);
    }

    /// <summary>Folder of the hub's database and keys.</summary>
    public Option<DirectoryInfo> Data { get; } = new("--data")
    {
        Description = "Folder of the hub's database and keys.",
        Recursive = true,
        DefaultValueFactory = _ => new DirectoryInfo("hub-data"),
    };

    public TimeProvider Clock { get; }
    public IEntropy Entropy { get; }
    public TextReader Input { get; init; } = Console.In;

    /// <summary>Stands beside the store that a command opens: a simulator's.</summary>
    public IStoreWatch Watch { get; init; } = IStoreWatch.None;

    /// <summary>False: the store has no thread of its own, a command writes on the caller's.</summary>
    public bool OwnThread { get; init; } = true;

    public TextWriter Output { get; }
    public TextWriter Errors { get; }

    /// <summary>The command at a path of words ("device add"), made when it is not there yet.</summary>
    public Command At(string path, string description)
    {
        Command at = _root;
        foreach (var word in path.Split(' '))
        {
            var next = at.Subcommands.FirstOrDefault(command => command.Name == word);
            if (next is null)
            {
                next = new Command(word);
                at.Subcommands.Add(next);
            }
            at = next;
        }
        at.Description = description;
        return at;
    }

    /// <summary>Runs the action; what was given wrongly becomes words on the error stream and exit code 2.</summary>
    public void On(Command command, Func<ParseResult, int> action) =>
        command.SetAction((parsed, _) => Guarded(() => Task.FromResult(action(parsed))));

    /// <summary>The same for an action that runs until it is told to stop.</summary>
    public void On(Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, stop) => Guarded(() => action(parsed, stop)));

    /// <summary>Opens the hub's store in --data for the action. A missing hub is refused: init and serve make one.</summary>
    public void OnStore(Command command, Func<ParseResult, HubStore, int> action) => On(command, parsed =>
    {
        using var store = HubStore.Open(Folder(parsed), Clock, Entropy, Watch, OwnThread);
        return action(parsed, store);
    });

    public string Folder(ParseResult parsed) => parsed.GetRequiredValue(Data).FullName;

    public async Task<int> Run(IReadOnlyList<string> args)
    {
        var parsed = _root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = Output, Error = Errors });
        }
        foreach (var error in parsed.Errors)
        {
            await Errors.WriteLineAsync(error.Message);
        }
        await Errors.WriteLineAsync("Help: hub --help, or --help behind a command.");
        return BadInput;
    }

    private async Task<int> Guarded(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (FaultException wrong)
        {
            foreach (var fault in wrong.Faults)
            {
                await Errors.WriteLineAsync(Words(fault));
            }
            return BadInput;
        }
        catch (InputException wrong)
        {
            await Errors.WriteLineAsync(wrong.Message);
            return BadInput;
        }
        catch (StoreException unusable)
        {
            await Errors.WriteLineAsync(unusable.Message);
            return StoreUnusable;
        }
    }

    private static string Words(Fault fault)
    {
        var language = Languages.Accepted(CultureInfo.CurrentUICulture.Name is { Length: > 0 } name ? name : Languages.English);
        return $"{fault}\n{Texts.For(fault.Code).Say(language, fault)}";
    }
}
