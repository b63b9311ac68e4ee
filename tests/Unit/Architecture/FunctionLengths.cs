using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>A member of a type with a body: the line on which its declaration begins, and how many lines it takes.</summary>
public sealed record MemberLength(string Header, int Line, int Lines);

/// <summary>Finds members and their lengths in C# without a compiler: braces inside a type are members, unless their header
/// declares a type; a field that is filled with a table is no function.</summary>
public static partial class FunctionLengths
{
    public static IReadOnlyList<MemberLength> Of(string text)
    {
        var code = SourceText.Of(text).Code;
        var found = new List<MemberLength>();
        var typeDepths = new Stack<int>([0]);
        var (depth, start, memberDepth, brackets) = (0, 0, -1, 0);
        for (var i = 0; i < code.Length; i++)
        {
            brackets += code[i] is '(' or '[' ? 1 : code[i] is ')' or ']' ? -1 : 0;
            if (code[i] == '{')
            {
                if (memberDepth < 0 && depth == typeDepths.Peek() && TypeHeader().IsMatch(code[start..i]))
                {
                    typeDepths.Push(depth + 1);
                    start = i + 1;
                }
                else if (memberDepth < 0)
                {
                    memberDepth = depth;
                }
                depth++;
            }
            else if (code[i] == '}')
            {
                depth--;
                if (depth == memberDepth)
                {
                    memberDepth = -1;
                    // "{ get; } = value;" and "= new() { … };" go on to their semicolon.
                    var rest = code.AsSpan(i + 1).TrimStart();
                    if (!(rest.StartsWith("=") || rest.StartsWith(";") || rest.StartsWith(",") || rest.StartsWith(")") || rest.StartsWith(".")) && brackets == 0)
                    {
                        Add(i);
                    }
                }
                else if (typeDepths.Count > 1 && depth < typeDepths.Peek() && memberDepth < 0)
                {
                    typeDepths.Pop();
                    start = i + 1;
                }
            }
            else if (code[i] == ';' && memberDepth < 0 && brackets == 0)
            {
                Add(i);
            }
        }
        return found;

        void Add(int end)
        {
            var member = code[start..(end + 1)];
            var first = start + member.Length - member.TrimStart().Length;
            var header = member.Trim();
            if (header.Length > 1 && !IsTable(header))
            {
                found.Add(new MemberLength(header.Split('\n')[0].Trim(), Line(first), member.Trim().Count(c => c == '\n') + 1));
            }
            start = end + 1;
        }

        int Line(int at) => code.AsSpan(0, at).Count('\n') + 1;
    }

    /// <summary>A field or property that is given a value: "=" comes before any body, and it is no "=>".</summary>
    private static bool IsTable(string member)
    {
        var equals = Assigned().Match(member);
        var body = member.IndexOf("=>", StringComparison.Ordinal);
        var parenthesis = member.IndexOf('(', StringComparison.Ordinal);
        return equals.Success && (body < 0 || equals.Index < body) && (parenthesis < 0 || equals.Index < parenthesis);
    }

    [GeneratedRegex(@"(^|[\s\]])(class|struct|interface|enum|record|namespace|extension)\s+[\w(]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"(?<![=!<>+\-*/|&^%?])=(?![=>])", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Assigned();
}
