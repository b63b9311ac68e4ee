using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace EdgeHub.Tests.VirtualCard;

/// <summary>A box of virtual cards beside two virtual readers, as a page on loopback: a click puts a card into a reader or takes it out. For
/// demonstrations, and for whoever wants to see what a desk does with an expired card.</summary>
public sealed class CardBox : IAsyncDisposable
{
    private const int Slots = 2;
    private readonly HttpListener _listener = new();
    private readonly PrivatePcscd _pcscd;
    private readonly IReadOnlyList<BoxedCard> _cards;
    private readonly VpcdPlug?[] _plugs = new VpcdPlug?[Slots];
    private readonly int[] _in = [-1, -1];

    /// <param name="port">Of loopback, free.</param>
    public CardBox(PrivatePcscd pcscd, IReadOnlyList<BoxedCard> cards, int port)
    {
        (_pcscd, _cards) = (pcscd, cards);
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        _listener.Start();
    }

    /// <summary>Answers until it is disposed of.</summary>
    public async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                await Answer(asked);
            }
            catch (Exception gone) when (gone is HttpListenerException or IOException or System.Net.Sockets.SocketException)
            {
                // The browser went away, or pcscd did: the next click shows.
            }
        }
    }

    /// <summary>Puts a card into a reader; -1: takes out what is in it.</summary>
    public async Task Put(int slot, int card)
    {
        if (_plugs[slot] is { } former)
        {
            (_plugs[slot], _in[slot]) = (null, -1);
            await former.DisposeAsync();
        }
        if (card >= 0)
        {
            (_plugs[slot], _in[slot]) = (_cards[card].Insert(_pcscd.Port + slot), card);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        for (var slot = 0; slot < Slots; slot++)
        {
            await Put(slot, -1);
        }
    }

    private async Task Answer(HttpListenerContext asked)
    {
        var (request, response) = (asked.Request, asked.Response);
        if (request.HttpMethod == "POST" && request.Url!.AbsolutePath == "/put")
        {
            if (Number(request.QueryString["slot"], Slots) is >= 0 and var slot)
            {
                await Put(slot, Number(request.QueryString["card"], _cards.Count));
            }
            response.Redirect("/");
            response.Close();
            return;
        }
        var isState = request.Url!.AbsolutePath == "/state";
        var body = isState
            ? JsonSerializer.SerializeToUtf8Bytes(new { socket = _pcscd.Socket, process = _pcscd.ProcessId, cards = _in })
            : Encoding.UTF8.GetBytes(Page());
        response.ContentType = isState ? "application/json" : "text/html; charset=utf-8";
        response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    private string Page()
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Virtual cards</title><style>
            body{font:16px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;color:#1b1f24;background:#f4f5f2;max-width:46rem;margin:24px auto;padding:0 16px}
            table{border-collapse:collapse;width:100%;background:#fff}td,th{border:1px solid #d5d9d4;padding:8px 12px;text-align:left}form{display:inline}
            button{font:inherit;padding:6px 12px;border:1px solid #0b5d66;background:#fff;color:#0b5d66;border-radius:6px}.in{background:#e3eff0}
            </style></head><body><h1>Virtual cards</h1><p>Two readers without hardware stand at this desk. Put a card into one of them and look at the desk.</p>
            <table><tr><th scope="col">Card</th><th scope="col">Reader 1</th><th scope="col">Reader 2</th></tr>
            """);
        for (var card = 0; card < _cards.Count; card++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr{(_in.Contains(card) ? " class=\"in\"" : "")}><td>{WebUtility.HtmlEncode(_cards[card].Label)}</td>");
            for (var slot = 0; slot < Slots; slot++)
            {
                var isIn = _in[slot] == card;
                page.Append(CultureInfo.InvariantCulture, $"<td><form method=\"post\" action=\"/put?slot={slot}&amp;card={(isIn ? -1 : card)}\"><button>{(isIn ? "take out" : "put in")}</button></form></td>");
            }
            page.Append("</tr>");
        }
        return page.Append("</table></body></html>").ToString();
    }

    /// <returns>-1: none of them.</returns>
    private static int Number(string? text, int below) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < below ? number : -1;
}
