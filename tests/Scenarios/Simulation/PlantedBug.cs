using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>A bug that is put into a copy of the compiled product in memory: in the product itself there is no place for it. The copy is
/// loaded apart from everything else, with the simulation beside it.</summary>
/// <param name="Assembly">The product's part that is changed.</param>
/// <param name="Types">Where in it.</param>
/// <param name="Promise">The promise by which it is found.</param>
/// <param name="Change">Says of an instruction what it becomes: true, it was changed.</param>
internal sealed record PlantedBug(string Name, int Promise, string Assembly, IReadOnlyList<string> Types, Func<MethodDefinition, Instruction, bool> Change)
{
    public static readonly IReadOnlyList<PlantedBug> All =
    [
        Sql("skip a sequence: the hub's settlement leaves out one entry of seven", 6, "EdgeHub.Hub", "EdgeHub.Hub.Settlement.CursorStore",
            "(epoch, seq) > (@epoch, @seq)", "(epoch, seq) > (@epoch, @seq + case when @seq % 7 = 6 then 1 else 0 end)"),
        Sql("post twice: the ledger forgets what was posted for a cause in an earlier month", 3, "EdgeHub.Hub", "EdgeHub.Hub.Ledger.LedgerStore",
            "where s.region = $1\nand t.region", "where s.region = $1 and s.posting_month = (select max(posting_month) from ledger_set)\nand t.region"),
        Sql("lose an acknowledgement: the agent takes one head of nineteen for acknowledged", 6, "EdgeHub.Agent", "EdgeHub.Agent.Store.JournalStore",
            "select epoch, seq, hash from ack where one = 1", "select epoch, seq, hash from (select epoch, seq, hash, 0 as n from journal where signature is not null and seq % 19 = 18 union all select epoch, seq, hash, 1 from ack where one = 1) order by n limit 1"),
        new("reuse a key: the agent keeps an answer under another key than the request's", 2, "EdgeHub.Agent", ["EdgeHub.Agent.Store.JournalStore"], Forgets),
        Sql("pay a part twice: the hub does not look whether a visit part is settled already", 4, "EdgeHub.Hub", "EdgeHub.Hub.Settlement.FactStore",
            " where region = $1 and key_site = $2 and visit = $3 and ordinal = $4", " where region = $1 and key_site = $2 and visit = $3 and ordinal = -$4"),
        new("round wrongly: the fund's share is cut off, not rounded", 5, "EdgeHub.Rules", ["EdgeHub.Rules.Benefit.ShareRules", "EdgeHub.Rules.Benefit.RateTiers"], CutOff),
        Constant("believe a clock: the hub files a line three weeks ahead of its receipt", 7, "EdgeHub.Hub", "EdgeHub.Hub.Ingest.EffectiveTime", "After", 300_000, 1_900_000_000),
        Constant("miss a jump: the agent notes no jump below three weeks", 7, "EdgeHub.Agent", "EdgeHub.Agent.Store.AgentClock", "Jump", 2_000, 1_900_000_000),
        new("blame the wrong side: what stale data made is the institution's", 8, "EdgeHub.Hub", ["EdgeHub.Hub.Settlement.YearRun"], Blamed),
        new("judge by the wrong day: the book that was known on the service day, not at capture", 8, "EdgeHub.Hub", ["EdgeHub.Hub.Settlement.PolicyShelf"], WrongDay),
        new("post to the wrong payer: assistance pays what catastrophic insurance does", 3, "EdgeHub.Hub", ["EdgeHub.Hub.Settlement.WhoBears"], WrongPayer),
        Sql("forget a look: the hub keeps only looks that found nobody", 9, "EdgeHub.Hub", "EdgeHub.Hub.Feeds.PersonLookStore",
            "values ($1, $2, $3, $4, $5, $6, $7, $8)", "select $1, $2, $3, $4, $5, $6, $7, $8 where $7 = ''"),
        Sql("stand in the way: what is set aside of one device holds up all that came later than it", 6, "EdgeHub.Hub", "EdgeHub.Hub.Settlement.CursorStore",
            "where h.region = @region and (c.device_no is null", "where h.region = @region and not exists (select 1 from quarantine q where q.region = h.region and q.device_no < h.device_no and q.released_ms is null) and (c.device_no is null"),
        Sql("stop the neighbour: who revokes a device revokes the next one with it", 6, "EdgeHub.Hub", "EdgeHub.Hub.Access.AccessStore",
            "and device = @name and revoked_ms is null", "and (device = @name or device_no = 1 + (select o.device_no from device o where o.region = @region and o.device = @name)) and revoked_ms is null"),
    ];

    /// <summary>Plays seeds in the changed product until one breaks the promise that this bug is about.</summary>
    /// <returns>How many seeds that took, and all that was broken; null: none did.</returns>
    public (int Seeds, string Broken)? Find(int budget, int steps)
    {
        var here = Path.GetDirectoryName(typeof(PlantedBug).Assembly.Location)!;
        var apart = new Apart(here, Assembly, Changed(Path.Combine(here, Assembly + ".dll")));
        var run = apart.LoadFromAssemblyPath(typeof(PlantedBug).Assembly.Location).GetType(typeof(SimulationRun).FullName!, throwOnError: true)!.GetMethod(nameof(SimulationRun.PlayPlain))!;
        for (var seed = 1; seed <= budget; seed++)
        {
            if (run.Invoke(null, [(ulong)seed, steps]) is string broken && broken.Contains($"invariant {Promise}:", StringComparison.Ordinal))
            {
                return (seed, broken);
            }
        }
        return null;
    }

    private static PlantedBug Sql(string name, int promise, string assembly, string type, string from, string to) => new(name, promise, assembly, [type], (_, instruction) =>
    {
        if (instruction.OpCode != OpCodes.Ldstr || instruction.Operand is not string sql || !sql.Contains(from, StringComparison.Ordinal))
        {
            return false;
        }
        instruction.Operand = sql.Replace(from, to, StringComparison.Ordinal);
        return true;
    });

    /// <summary>No answer is found again.</summary>
    private static bool Forgets(MethodDefinition method, Instruction instruction)
    {
        if (instruction.Operand is not string sql)
        {
            return false;
        }
        var changed = sql.Replace("values ($1, $2, $3, $4, $5, $6, $7, $8)", "values ($1, $2, $3, $4, $5 || '/' || $1, $6, $7, $8)", StringComparison.Ordinal)
            .Replace("journal set request_key = $1,", "journal set request_key = $1 || '/' || $5,", StringComparison.Ordinal);
        instruction.Operand = changed;
        return changed != sql;
    }

    /// <summary>MidpointRounding.AwayFromZero is 1, ToZero 2.</summary>
    private static bool CutOff(MethodDefinition method, Instruction instruction)
    {
        if (method.Name is not ("AtRate" or "Of") || instruction.OpCode != OpCodes.Ldc_I4_1 || instruction.Next.Operand is not MethodReference { Name: "Times" or "Rounded" })
        {
            return false;
        }
        instruction.OpCode = OpCodes.Ldc_I4_2;
        return true;
    }

    /// <summary>One number of a method is another.</summary>
    private static PlantedBug Constant(string name, int promise, string assembly, string type, string method, int from, int to) => new(name, promise, assembly, [type], (at, instruction) =>
    {
        if (at.Name != method || instruction.OpCode != OpCodes.Ldc_I4 || instruction.Operand is not int number || number != from)
        {
            return false;
        }
        instruction.Operand = to;
        return true;
    });

    private static bool Blamed(MethodDefinition method, Instruction instruction)
    {
        if (method.Name != "Compared" || instruction.Operand is not "Package")
        {
            return false;
        }
        instruction.Operand = "Institution";
        return true;
    }

    private static bool WrongDay(MethodDefinition method, Instruction instruction)
    {
        if (method.Name != "On" || instruction.OpCode != OpCodes.Ldarg_2)
        {
            return false;
        }
        instruction.OpCode = OpCodes.Ldarg_1;
        return true;
    }

    private static bool WrongPayer(MethodDefinition method, Instruction instruction)
    {
        if (method.Name != "Of" || instruction.Operand is not MethodReference { Name: "get_Assistance" } getter || getter.Resolve() is not { } found)
        {
            return false;
        }
        instruction.Operand = found.DeclaringType.Methods.Single(each => each.Name == "get_Catastrophic");
        return true;
    }

    private MemoryStream Changed(string file)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(file));
        using var module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
        var changes = 0;
        foreach (var method in Types.SelectMany(type => WithNested(module.GetType(type))).SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            changes += method.Body.Instructions.ToList().Count(instruction => Change(method, instruction));
        }
        Assert.True(changes > 0, $"\"{Name}\" found no place in {string.Join(", ", Types)}: the product has changed, plant the bug anew.");
        var stream = new MemoryStream();
        module.Write(stream);
        stream.Position = 0;
        return stream;
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>One part of EdgeHub changed, and once more all that rests on it; everything else is shared, compiled already.</summary>
    private sealed class Apart(string folder, string changed, Stream with) : AssemblyLoadContext("planted")
    {
        protected override System.Reflection.Assembly? Load(System.Reflection.AssemblyName assemblyName) =>
            assemblyName.Name is not { } name || !name.StartsWith("EdgeHub.", StringComparison.Ordinal) || !RestsOn(name) ? null
            : name == changed ? LoadFromStream(with)
            : LoadFromAssemblyPath(Path.Combine(folder, name + ".dll"));

        private bool RestsOn(string name)
        {
            if (name == changed)
            {
                return true;
            }
            using var module = ModuleDefinition.ReadModule(Path.Combine(folder, name + ".dll"));
            return module.AssemblyReferences.Any(part => part.Name.StartsWith("EdgeHub.", StringComparison.Ordinal) && RestsOn(part.Name));
        }
    }
}
