using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EdgeHub.Hub.RuleBook;

/// <summary>Writes HTML in which every text and attribute is encoded and every element is closed: what comes out is well-formed
/// XML too. Letters of every script stay readable in the file.</summary>
public sealed class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(1 << 20);

    /// <summary>An element with what the action writes in it.</summary>
    /// <param name="tag">An element that may have content; never br or meta.</param>
    public HtmlText In(string tag, Action content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(tag, attributes);
        content();
        _text.Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>An element of a class that holds a text alone.</summary>
    /// <param name="cssClass">Empty: none.</param>
    public HtmlText Leaf(string tag, string cssClass, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(tag, cssClass.Length == 0 ? attributes : [("class", cssClass), .. attributes]);
        _text.Append(Encoder.Encode(text)).Append("</").Append(tag).Append('>');
        return this;
    }

    public HtmlText Text(string text)
    {
        _text.Append(Encoder.Encode(text));
        return this;
    }

    /// <summary>A text in which names between backticks are code.</summary>
    public HtmlText WithCode(string text)
    {
        var parts = text.Split('`');
        for (var i = 0; i < parts.Length; i++)
        {
            // An odd piece stands between two backticks; a last one without its partner is plain text.
            _ = i % 2 == 1 && i < parts.Length - 1 ? Leaf("code", "", parts[i]) : Text(parts[i]);
        }
        return this;
    }

    /// <summary>The page around the body: language, title and the style sheet, which is our own file.</summary>
    /// <exception cref="ArgumentException">The style sheet could end its element.</exception>
    public static string Page(string language, string title, string css, Action<HtmlText> body)
    {
        if (css.AsSpan().ContainsAny('<', '&'))
        {
            throw new ArgumentException("A style sheet inside a page has no '<' and no '&'.", nameof(css));
        }
        var html = new HtmlText();
        html._text.Append("<!DOCTYPE html>\n");
        html.In("html", () =>
        {
            html.In("head", () =>
            {
                html._text.Append("<meta charset=\"utf-8\" />\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
                html.Leaf("title", "", title);
                html._text.Append("\n<style>\n").Append(css).Append("</style>\n");
            });
            html.In("body", () => body(html));
        }, ("lang", language));
        return html._text.ToString();
    }

    private void Begin(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        }
        _text.Append('>');
    }
}
