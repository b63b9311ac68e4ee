namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The clock of the hub's machine leaps, and is set right after a while or when the hub starts again. In one seed of three; its own
/// chances, so that the other seeds play as if there were no such thing.</summary>
internal sealed class HubClock(World world)
{
    private readonly Chance _chance = new(world.Seed ^ 0xC10C_C10C_C10C_C10C);
    private readonly bool _leaps = new Chance(world.Seed ^ 0xC10C_0000_0000_C10C).OneIn(3);

    public bool IsWrong => world.Hub.Clock.Skew != TimeSpan.Zero;

    public void Step()
    {
        if (!_leaps || world.Hub.Disk.IsDead)
        {
            return;
        }
        if (IsWrong)
        {
            if (_chance.OneIn(12))
            {
                world.Hub.Clock.Skew = TimeSpan.Zero;
                world.Note("hub clock is set right");
            }
            return;
        }
        if (_chance.OneIn(80))
        {
            var by = _chance.Below(3) switch
            {
                0 => TimeSpan.FromMinutes(_chance.Between(6, 600)),
                1 => TimeSpan.FromDays(_chance.Between(1, 40)),
                _ => TimeSpan.FromDays(_chance.Between(41, 1_200)),
            };
            by = _chance.OneIn(3) ? -by : by;
            world.Hub.Clock.Skew = by;
            world.Note($"hub clock leaps {by}");
            world.Coverage.Hit("hub", by < TimeSpan.Zero ? "clock leaps back" : "clock leaps ahead", "up");
        }
    }
}
