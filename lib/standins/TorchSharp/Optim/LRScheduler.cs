namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Rules that set the learning rates of an optimizer's groups from step to step.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates once when it is made, and again after each optimizer step with <see cref="step()"/>.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] groups;
                private readonly double[] lastRates;
                private readonly bool isVerbose;

                protected int _step_count;

                /// <summary>Groups that <paramref name="optimizer"/> gets later are not controlled.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (groups, LastEpoch, isVerbose) = ([.. optimizer.ParamGroups], last_epoch, verbose);
                    BaseRates = [.. groups.Select(group => group.InitialLearningRate)];
                    lastRates = [.. Rates];
                }

                internal int LastEpoch { get; private set; }

                internal double[] BaseRates { get; }

                internal IEnumerable<double> Rates => groups.Select(group => group.LearningRate);

                public virtual void step() => step(null);

                /// <summary>Goes to the next epoch, or to a given one where the rule has a closed form.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    LastEpoch = epoch ?? LastEpoch + 1;
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    for (var k = 0; k < groups.Length; k++)
                    {
                        if (isVerbose && lastRates[k] != rates[k]) Console.WriteLine($"Adjusting learning rate to {rates[k]}");
                        groups[k].LearningRate = lastRates[k] = rates[k];
                    }
                }

                /// <summary>For rules that look at a metric; the others pay no attention to it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => lastRates;

                /// <summary>The rates for the epoch just begun, from those before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The rates for the epoch from the initial ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }

            /// <summary>Initial rate times a function of the epoch, which starts at 0.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1,
                                               bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>A factor that goes in a straight line from the start factor to the end factor, and stays.</summary>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0,
                                               int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            /// <summary>Half a cosine from the initial rate down to eta_min over T_max epochs, and up again.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                                                        bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);
        }
    }
}
