using System.Globalization;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Access;

/// <summary>export-unsent and import-acks: on the store itself while the service is stopped, through its local interface while it runs (--Token: a program's, from client add).
/// Exit codes as of <see cref="Verbs"/>.</summary>
public sealed class HandVerbs(AgentOptions options, IConfiguration settings, TimeProvider time, IEntropy entropy, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<int> Run(string verb, CancellationToken cancel)
    {
        var exporting = verb == "export-unsent";
        var name = exporting ? "Out" : "File";
        var path = settings[name] is { Length: > 0 } given ? Path.GetFullPath(given) : throw new ArgumentException($"{name} is missing: {verb} --{name} FILE.", nameof(verb));
        if (File.Exists(path) == exporting)
        {
            throw new ArgumentException($"{name} = \"{path}\": expected " + (exporting ? "a file that does not exist yet." : "a file that exists."), nameof(verb));
        }
        try
        {
            using var agent = await Agent.Open(options, time, entropy, IStoreWatch.None);
            var hand = new MoveByHand(agent.Store);
            return exporting ? await Export(hand, path, cancel) : await TakeAcks(hand, path, cancel);
        }
        catch (StateFolderInUse)
        {
            using var service = new HttpClient { BaseAddress = new Uri(AgentOptions.Loopback(settings["Urls"]).Split(';')[0]), Timeout = Patience };
            if (settings["Token"] is { Length: > 0 } token)
            {
                service.DefaultRequestHeaders.Authorization = new("Bearer", token);
            }
            return exporting ? await Export(service, path, cancel) : await TakeAcks(service, path, cancel);
        }
        catch (IOException failed) when (failed is not FileNotFoundException)
        {
            await errors.WriteLineAsync($"{path}: {failed.Message}");
            return 1;
        }
    }

    private async Task<int> Export(MoveByHand hand, string path, CancellationToken cancel)
    {
        switch (await hand.Export())
        {
            case ExportOutcome.NothingUnsent:
                return NothingUnsent();
            case ExportOutcome.Refused refused:
                return Refused(refused.Why);
            case ExportOutcome.Ready ready:
                await Write(path, file => ready.File.WriteTo(file, cancel), cancel);
                return Written(ready.File.Unsent, path);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private async Task<int> Export(HttpClient service, string path, CancellationToken cancel)
    {
        using var asked = await service.GetAsync("/api/v1/unsent", cancel);
        if (!asked.IsSuccessStatusCode)
        {
            return await Refused(asked, cancel);
        }
        var unsent = await asked.Content.ReadFromJsonAsync<Unsent>(cancel);
        using var answer = await service.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/unsent/export"), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return await Refused(answer, cancel);
        }
        if (answer.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            return NothingUnsent();
        }
        await Write(path, file => answer.Content.CopyToAsync(file, cancel), cancel);
        return Written(unsent!, path);
    }

    private async Task<int> TakeAcks(MoveByHand hand, string path, CancellationToken cancel) => await hand.TakeAcks(await Read(path, cancel)) switch
    {
        AcksOutcome.Taken taken => Taken(taken),
        AcksOutcome.Refused refused => Refused(refused.Why),
        var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
    };

    private async Task<int> TakeAcks(HttpClient service, string path, CancellationToken cancel)
    {
        using var answer = await service.PostAsync("/api/v1/unsent/acks", new ByteArrayContent(await Read(path, cancel)), cancel);
        return answer.IsSuccessStatusCode ? Taken((await answer.Content.ReadFromJsonAsync<AcksOutcome.Taken>(cancel))!) : await Refused(answer, cancel);
    }

    private int NothingUnsent()
    {
        output.WriteLine("The hub has acknowledged every line: nothing was written.");
        return 0;
    }

    private int Written(Unsent unsent, string path)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Unsent: lines {unsent.AckedThrough + 1} to {unsent.LastSeq} of epoch {unsent.Epoch}: {unsent.Lines} lines, {unsent.Settlements} settlements."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Written to {path}: {new FileInfo(path).Length} bytes, sealed; only the hub can read it."));
        output.WriteLine("At the hub: hub import journal FILE. They count as sent when the answer that it writes was taken in here: import-acks --File FILE.");
        return 0;
    }

    private int Taken(AcksOutcome.Taken taken)
    {
        var (acks, left) = (taken.Acks, taken.Left);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The hub has epoch {acks.Epoch} through line {acks.Seq}; of the file {acks.Taken} lines were new to it and {acks.Known} known."));
        if (acks.Refused is { } code)
        {
            output.WriteLine($"It did not take the rest: {code}: {acks.Detail}");
        }
        output.WriteLine(left.Lines == 0 ? "Synced: nothing is unsent." : string.Create(CultureInfo.InvariantCulture, $"Unsent: {left.Lines} lines."));
        return acks.Refused is null ? 0 : 1;
    }

    private int Refused(Refusal why)
    {
        var text = Texts.For(why.Code);
        errors.WriteLine($"{why.Faults[0]}\n{text.Say(Languages.English, why.Faults[0])}\n{text.StaffMay(Languages.English)}");
        return 1;
    }

    private async Task<int> Refused(HttpResponseMessage answer, CancellationToken cancel)
    {
        var problem = await answer.Content.ReadFromJsonAsync<Problem>(cancel);
        await errors.WriteLineAsync($"{problem?.Code}: {problem?.Detail}\n{problem?.StaffMay}");
        return 1;
    }

    /// <summary>A file is there wholly or not at all.</summary>
    private static async Task Write(string path, Func<Stream, Task> content, CancellationToken cancel)
    {
        var begun = path + ".part";
        await using (var file = new FileStream(begun, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await content(file);
            await file.FlushAsync(cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(begun, path);
    }

    /// <summary>At most one byte more than such a file has: enough to see that it is none.</summary>
    private static async Task<byte[]> Read(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var bytes = new byte[AckFile.MostBytes + 1];
        return bytes[..await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel)];
    }
}
