using System.CommandLine;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Operations;

/// <summary>hub calculate --list | NAME --template | NAME --input FILE|-: any rule, tried by hand, with its cited steps.</summary>
public static class CalculateCommand
{
    private const string StandardInput = "-";

    public static void Register(CommandFrame frame)
    {
        var name = new Argument<string?>("rule") { Description = "Name or number of a rule, for example county.annual-clearing or Z24.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Names, articles and titles of all rules." };
        var template = new Option<bool>("--template") { Description = "Prints the rule's input with its worked example." };
        var input = new Option<string?>("--input") { Description = "A file with the input (JSON), or - for the standard input." };
        var calculate = frame.At("calculate", "Tries a rule on figures of your own; every step cites its article.");
        calculate.Arguments.Add(name);
        Array.ForEach<Option>([list, template, input], calculate.Options.Add);
        frame.On(calculate, parsed =>
        {
            var asked = parsed.GetValue(name);
            if (parsed.GetValue(list) && asked is null)
            {
                foreach (var rule in RuleCatalogue.All)
                {
                    frame.Output.WriteLine($"{rule.Name}  {string.Join(", ", rule.Articles.Select(article => article.Rule))}  {rule.Title.English}");
                }
                return CommandFrame.Done;
            }
            var found = Calculations.Rule(asked ?? throw new InputException("Give the rule's name, or --list to see them all."));
            frame.Output.Write(parsed.GetValue(template)
                ? found.Template()
                : found.Run(Text(frame, parsed.GetValue(input) ?? throw new InputException("Give --template to see the input, or --input FILE to calculate."))));
            return CommandFrame.Done;
        });
    }

    private static string Text(CommandFrame frame, string from)
    {
        if (from == StandardInput)
        {
            var buffer = new char[RuleDescriptor.MaxCharacters + 1];
            return new string(buffer, 0, frame.Input.ReadBlock(buffer));
        }
        var file = new FileInfo(from);
        FileFaults.CheckFile(file, 4L * RuleDescriptor.MaxCharacters);
        return File.ReadAllText(file.FullName);
    }
}

/// <summary>The rules that can be tried, by name.</summary>
public static class Calculations
{
    /// <exception cref="FaultException">There is none of this name.</exception>
    public static RuleDescriptor Rule(string name) => RuleCatalogue.Find(name)
        ?? throw new FaultException(new Fault(Codes.NotFound, "rule", name, "a name of hub calculate --list"));
}
