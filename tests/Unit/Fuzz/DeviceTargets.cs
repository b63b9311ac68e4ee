using System.Text;
using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>What devices say: a card's answers, a scanner's, a payment terminal's and a printer's bytes.</summary>
internal static class DeviceTargets
{
    private const int MostPieces = 64;
    private static readonly DateOnly Today = new(2025, 3, 12);
    private static readonly CardFacts[] Cards = [new(), new() { Version = "1.00", IsReadByTag = false }, new() { Version = "2.00", SelectFileBy = 0, LetsAnswersWait = true }];

    public static IEnumerable<FuzzTarget> All()
    {
        yield return new("card's answers", [.. Cards.Select(Answers)], CardAnswers, FuzzTarget.Usual) { Refuses = told => told is CardProtocolException };
        foreach (var length in Enum.GetValues<FrameLength>())
        {
            var format = new TerminalFormat(length, 0, "length", true, 512, 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), []);
            yield return new($"terminal frames {length}", [[.. format.Encode("0210OK"u8), TerminalFormat.Ack, .. format.Encode("x"u8)]], bytes => Frames(bytes, format), FuzzTarget.Usual);
        }
        foreach (var format in (TextFormat[])[new([], [0x0D, 0x0A], 256, TimeSpan.FromMilliseconds(100)), new([0x02], [0x03], 64, TimeSpan.FromMilliseconds(100)), new([], [], 256, TimeSpan.FromMilliseconds(100))])
        {
            yield return new(
                $"scanner's bytes {format.Prefix.Length}{format.Suffix.Length}", [[.. format.Prefix, .. "530924100001-20250305-0001"u8, .. format.Suffix, .. format.Prefix, .. Encoding.UTF8.GetBytes("挂号"), .. format.Suffix]],
                bytes => Texts(bytes, format), FuzzTarget.Usual);
        }
        yield return new("serial profiles", [Encoding.UTF8.GetBytes("profile,kind,baud,data_bits,parity,stop_bits,flow,options\nt,scanner,9600,8,none,1,none,suffix=0D0A most=64\nu,printer,19200,8,none,1,none,columns=32 chinese=yes\n")],
            bytes => { SerialProfiles.Read(Encoding.UTF8.GetString(bytes)); return null; }, FuzzTarget.Usual, Shape.Csv);
    }

    /// <summary>Everything that a good card answers in one reading: each answer with its length before it.</summary>
    private static byte[] Answers(CardFacts facts)
    {
        var (card, said) = (new SocialSecurityCard(facts), new List<byte>());
        byte[] Note(byte[] command)
        {
            var answer = card.Answer(command);
            said.AddRange([(byte)answer.Length, .. answer]);
            return answer;
        }
        Assert.Null(Read(Note).Error);
        return [.. said];
    }

    /// <summary>A card that answers these in turn, whatever it is asked; behind the last one it says that it has no such thing.</summary>
    private static string? CardAnswers(byte[] bytes)
    {
        var at = 0;
        byte[] Next(byte[] command)
        {
            if (at >= bytes.Length)
            {
                return [0x6A, 0x82];
            }
            var length = Math.Min(bytes[at], bytes.Length - at - 1);
            var answer = bytes.AsSpan(at + 1, length).ToArray();
            at += 1 + length;
            return answer;
        }
        var outcome = Read(Next);
        return outcome.Card is null && outcome.Error is null ? "neither a card nor why not"
            : outcome.Error is { } error && !Enum.IsDefined(error.Code) ? $"an error without a name: {error}"
            : outcome.Card is { } card && ((string?[])[card.CardNumber, card.IdNumber, card.Name]).Any(text => text?.Any(char.IsControl) == true) ? "a control character in a field"
            : null;
    }

    private static CardOutcome Read(Func<byte[], byte[]> answers) =>
        new CardReading(CardProfiles.BuiltIn, () => CardRules.Any, new NoAuthenticator(), TimeProvider.System, () => Today).Read("A", SocialSecurityCard.SampleAtr, new CardChannel(answers), ask => ask());

    /// <summary>In one piece, and in pieces: the same frames, and never more held than one.</summary>
    private static string? Frames(byte[] bytes, TerminalFormat format)
    {
        var (whole, pieces) = (new List<string>(), new List<string>());
        var framing = new TerminalFraming(format);
        framing.Add(bytes);
        Take(framing, whole);
        framing = new TerminalFraming(format);
        foreach (var piece in Pieces(bytes))
        {
            framing.Add(piece);
            Take(framing, pieces);
            if (framing.Held > format.Most + 8)
            {
                return $"{framing.Held} bytes are held";
            }
        }
        return whole.SequenceEqual(pieces) ? null : "in pieces other frames come out";

        static void Take(TerminalFraming from, List<string> to)
        {
            while (from.Next() is { } frame)
            {
                to.Add(frame.Kind + Convert.ToHexString(frame.Data));
            }
        }
    }

    private static string? Texts(byte[] bytes, TextFormat format)
    {
        var (one, other) = (new TextFraming(format), new TextFraming(format));
        List<string> whole = [.. one.Add(bytes), .. one.Pause()];
        var pieces = new List<string>();
        foreach (var piece in Pieces(bytes))
        {
            pieces.AddRange(other.Add(piece));
            if (other.Held > format.Most + format.Prefix.Length + format.Suffix.Length)
            {
                return $"{other.Held} bytes are held";
            }
        }
        pieces.AddRange(other.Pause());
        return !whole.SequenceEqual(pieces) ? "in pieces other texts come out" : whole.Exists(text => text.Any(char.IsControl) || text.Length > format.Most) ? "a text with a control character, or too long" : null;
    }

    private static IEnumerable<byte[]> Pieces(byte[] bytes) => bytes.Chunk(1 + (bytes.Length / MostPieces));
}
