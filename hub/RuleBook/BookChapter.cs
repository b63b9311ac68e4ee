using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>A document and its rules: one folder of Rules that has a README.</summary>
/// <param name="Id">The folder's last name, for example CountyPackage; the anchor of the chapter.</param>
/// <param name="EnglishTitle">The README's heading.</param>
/// <param name="Introduction">Document and scope.</param>
/// <param name="Readings">Open readings that name no rule.</param>
/// <param name="Sections">What else the README says, with its headings.</param>
/// <param name="Lists">Lists that the rules read beside the parameters, for example visit types or the document's forms.</param>
public sealed record BookChapter(
    string Id, string EnglishTitle, IReadOnlyList<BookBlock> Introduction, IReadOnlyList<BookClause> Clauses,
    IReadOnlyList<string> Readings, IReadOnlyList<BookBlock> Sections, IReadOnlyList<BookSheet> Lists);

/// <summary>One rule of a document: where it stands, what computes it, its numbers and its examples.</summary>
/// <param name="Place">The clause or heading in the document.</param>
public sealed record BookClause(string Rule, string Place)
{
    /// <summary>What the rule is called, where no rule to try names it; null: nothing.</summary>
    public LocalText? Name { get; init; }

    /// <summary>The rule in a sentence or two, in the three languages; null: nobody wrote it yet.</summary>
    public LocalText? Words { get; init; }

    /// <summary>Further columns of the README's row, each under its heading: the document's words, our reading.</summary>
    public IReadOnlyList<(string Heading, string Text)> Told { get; init; } = [];

    /// <summary>What is computed here, as the README says it; empty: nothing.</summary>
    public string Computed { get; init; } = "";

    /// <summary>What is outside arithmetic, and the room that keeps it; empty: nothing.</summary>
    public string Outside { get; init; } = "";

    /// <summary>What is neither: data of a book, or a matter of agent and hub; empty: nothing.</summary>
    public string Elsewhere { get; init; } = "";

    public IReadOnlyList<BookFunction> Functions { get; init; } = [];

    /// <summary>Rules to try whose first article this is.</summary>
    public IReadOnlyList<RuleDescriptor> Cases { get; init; } = [];

    /// <summary>Rules to try that cite it beside another.</summary>
    public IReadOnlyList<RuleDescriptor> AlsoIn { get; init; } = [];

    public IReadOnlyList<ParameterRow> Parameters { get; init; } = [];

    public IReadOnlyList<BookSheet> Sheets { get; init; } = [];

    public IReadOnlyList<string> Readings { get; init; } = [];
}

/// <summary>A function by its name in the code, and what its docstring says.</summary>
public sealed record BookFunction(string Name, string Words);

/// <summary>A table as it lies beside the rules: worked examples, or a list that rules read.</summary>
public sealed record BookSheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
