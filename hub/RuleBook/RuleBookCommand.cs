using System.CommandLine;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>hub rulebook --out FILE [--language zh-CN|sv-SE|en-GB]: the rules as one page that prints, for a reader of the law.</summary>
public static class RuleBookCommand
{
    public static void Register(CommandFrame frame)
    {
        var to = new Option<FileInfo>("--out") { Description = "File to write, for example rulebook.html.", Required = true };
        var language = new Option<string>("--language") { Description = string.Join(", ", Languages.All), DefaultValueFactory = _ => Languages.Default };
        var rulebook = frame.At("rulebook", "Writes every rule with its clause, parameters and worked examples as one HTML page that prints.");
        rulebook.Options.Add(to);
        rulebook.Options.Add(language);
        frame.On(rulebook, parsed =>
        {
            var asked = parsed.GetRequiredValue(language);
            if (!Languages.All.Contains(asked))
            {
                throw new FaultException(new Fault(Codes.UnknownCode, "--language", asked, string.Join(", ", Languages.All)));
            }
            var chapters = ChapterReader.All();
            var file = parsed.GetRequiredValue(to);
            file.Directory?.Create();
            File.WriteAllText(file.FullName, BookPage.Write(chapters, asked), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            frame.Output.WriteLine($"{chapters.Sum(chapter => chapter.Clauses.Count)} rules in {chapters.Count} chapters written to {file.FullName}");
            return CommandFrame.Done;
        });
    }
}
