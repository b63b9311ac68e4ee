using EdgeHub.Agent.Devices.Serial;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>A receipt printer at the other end of a pseudo terminal, under a lasting name: with paper or without, pulled out, plugged in
/// again, or held by another program.</summary>
internal sealed class PtyPrinter(string link) : IDisposable
{
    private const byte Question = 0x10;
    private const byte Well = 0x12;
    private const byte NoPaper = 0x72;
    private const byte PaperQuestion = 4;
    private readonly List<byte> _recent = [];
    private Pty? _pty;
    private ISerialLine? _other;

    public string Port => link;

    public volatile bool HasPaper = true;

    /// <summary>What was sent since it was plugged in, questions for its status among it.</summary>
    public byte[] All => _pty?.All ?? [];

    public PtyPrinter Plug()
    {
        Unplug();
        _pty = new Pty(Answer, link);
        return this;
    }

    /// <summary>Plugged in, and another program has its port.</summary>
    public void PlugHeldByAnother()
    {
        Unplug();
        _pty = new Pty(Answer);
        _other = SerialLines.Open(_pty.Port, new SerialSettings(), TimeProvider.System);
        File.Delete(link);
        File.CreateSymbolicLink(link, _pty.Port);
    }

    public void Unplug()
    {
        _other?.Dispose();
        _pty?.Dispose();
        (_other, _pty) = (null, null);
        File.Delete(link);
    }

    public void Dispose() => Unplug();

    private void Answer(Pty device, byte[] bytes)
    {
        foreach (var one in bytes)
        {
            _recent.Add(one);
            if (_recent is [.., Question, 4, var which])
            {
                device.Say(which == PaperQuestion && !HasPaper ? NoPaper : Well);
            }
            if (_recent.Count > 3)
            {
                _recent.RemoveAt(0);
            }
        }
    }
}
