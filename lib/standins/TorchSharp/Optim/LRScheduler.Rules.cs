namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>The rules themselves.</summary>
            public static partial class impl
            {
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, optimizer.ParamGroups.Select(_ => lr_lambda), last_epoch, verbose)
                    {
                    }

                    /// <summary>One function for each group.</summary>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1,
                                    bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        factors = [.. lr_lambdas];
                        if (factors.Length != BaseRates.Length)
                            throw new ArgumentException(
                                $"There should be a function for each of {BaseRates.Length} groups but there are {factors.Length}.",
                                nameof(lr_lambdas));
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => BaseRates.Select((rate, k) => rate * factors[k](LastEpoch));
                }

                public class LinearLR : LRScheduler
                {
                    private readonly double start, span;
                    private readonly int length;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                                    int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (start, span, length) = (start_factor, end_factor - start_factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = LastEpoch == 0 ? start
                            : LastEpoch > length ? 1
                            : 1 + span / (length * start + (LastEpoch - 1) * span);
                        return Rates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * (start + span * Math.Min(length, LastEpoch) / length));
                }

                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double period, floor;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                                             bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (period, floor) = (T_max, eta_min);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return Rates;
                        if ((LastEpoch - 1 - period) % (2 * period) == 0)        // at the bottom the recursion divides by zero
                            return Rates.Select((rate, k) => rate + (BaseRates[k] - floor) * (1 - Math.Cos(Math.PI / period)) / 2);
                        var factor = (1 + Math.Cos(Math.PI * LastEpoch / period)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / period));
                        return Rates.Select(rate => factor * (rate - floor) + floor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => floor + (rate - floor) * (1 + Math.Cos(Math.PI * LastEpoch / period)) / 2);
                }
            }
        }
    }
}
