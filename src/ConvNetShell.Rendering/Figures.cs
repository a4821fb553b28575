using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Rendering;

/// <summary>Makes figures of consecutive objects: several pictures become one grid, epochs one chart.</summary>
public static class Figures
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    /// <summary>Draws one object, as a notebook shows it.</summary>
    /// <param name="item">A record, or an object that is drawn as one.</param>
    /// <returns>Its bundle; <see langword="null"/> where there is nothing to draw.</returns>
    public static MimeBundle? Draw(object item) =>
        Combine([item], drawLoneRows: false) is [var figure] && Registry.CanRender(figure) ? Registry.Render(figure) : null;

    /// <summary>Combines neighbors that belong into one figure.</summary>
    /// <param name="items">Records, or objects that are drawn as records, in order.</param>
    /// <param name="drawLoneRows">Whether a single row of a table, an epoch or a layer, becomes a figure too; else it stays as it is, as
    /// its view says more.</param>
    /// <returns>The records to draw, in order; those that stand alone as they are.</returns>
    public static IReadOnlyList<object> Combine(IEnumerable<object> items, bool drawLoneRows = true) =>
        [.. Groups(items, drawLoneRows).Select(group => group.Figure)];

    /// <summary>Draws objects as a notebook shows them, neighbors that belong into one figure together.</summary>
    /// <param name="items">Records, or objects that are drawn as records, in order.</param>
    /// <param name="render">Draws one record.</param>
    /// <returns>For each figure its bundle, <see langword="null"/> where there is nothing to draw, and how many of the objects it is
    /// of; in order, and together of all objects.</returns>
    public static IEnumerable<(MimeBundle? Bundle, int Count)> DrawAll(IEnumerable<object> items, Func<object, MimeBundle> render)
    {
        ArgumentNullException.ThrowIfNull(render);
        return Groups(items, drawLoneRows: false)
            .Select(group => (Registry.CanRender(group.Figure) ? render(group.Figure) : null, group.Count));
    }

    private static List<(object Figure, int Count)> Groups(IEnumerable<object> items, bool drawLoneRows)
    {
        ArgumentNullException.ThrowIfNull(items);
        var figures = new List<(object, int)>();
        var group = new List<object>();
        void Close()
        {
            bool staysAlone = group.Count == 1 && !drawLoneRows && IsRow(group[0]);
            figures.Add((staysAlone ? group[0] : Merge(group, drawLoneRows), group.Count));
            group.Clear();
        }
        foreach (object item in items.Select(item => drawLoneRows ? Requested(Figure(item)) : Figure(item)))
        {
            if (group.Count > 0 && (Kind(group[0], drawLoneRows) is not { } kind || !kind.Equals(Kind(item, drawLoneRows))))
            {
                Close();
            }
            group.Add(item);
        }
        if (group.Count > 0)
        {
            Close();
        }
        return figures;
    }

    /// <summary>Returns the record that is drawn for an object; the object itself where it is one.</summary>
    /// <param name="item">The object.</param>
    /// <returns>The record.</returns>
    public static object Figure(object item) => item is IFigureSource source ? source.ToFigure() : item;

    /// <summary>Returns the pictures of a record that is drawn on request only; the object itself where it has none.</summary>
    /// <param name="item">The object.</param>
    /// <returns>The pictures, or the object.</returns>
    public static object Requested(object item) =>
        item is IPicturesOnRequest record && record.ToRequestedPictures() is { Pictures.Count: > 0 } pictures ? pictures : item;

    /// <summary>Returns what neighbors of one figure have in common.</summary>
    private static object? Kind(object item, bool drawSteps) =>
        item switch
        {
            ConvolutionStep { Scene: { } scene } => drawSteps ? scene : null,
            PoolingStep { Scene: { } scene } => drawSteps ? scene : null,
            DescentStep { Surface: { } surface } => drawSteps ? surface.Name : null,
            LayerFilter { Epoch: not null } => typeof(LayerFilter),
            ReceptiveFieldInfo { Gradient: null } => typeof(ReceptiveFieldInfo),
            Prediction => typeof(Prediction),
            IPictureSource => typeof(IPictureSource),
            HistoryChart => typeof(HistoryChart),
            _ when IsRow(item) => item.GetType(),
            _ => null,
        };

    private static bool IsRow(object item) =>
        item is EpochRecord or ClassReport or LayerSummary or LayerMeasure or LayerTiming or InvarianceRow or SharingRow;

    private static object Merge(List<object> group, bool drawSteps) =>
        group[0] switch
        {
            ConvolutionStep { Scene: { } scene } when drawSteps => new ConvolutionTrace(scene, [.. group.Cast<ConvolutionStep>()]),
            PoolingStep { Scene: { } scene } when drawSteps => new PoolingTrace(scene, [.. group.Cast<PoolingStep>()]),
            DescentStep { Surface: { } surface } when drawSteps => new DescentTrace(surface, [.. group.Cast<DescentStep>()]).ToFigure(),
            LayerFilter { Epoch: not null } => new FilterHistory([.. group.Cast<LayerFilter>()]).ToFigure(),
            EpochRecord => new HistoryChart("Training", [.. group.Cast<EpochRecord>()]),
            HistoryChart when group.Count > 1 => Compare([.. group.Cast<HistoryChart>()]),
            Prediction when AreImages([.. group.Cast<Prediction>()]) => PictureCollection.Merge(group.Cast<IPictureSource>()),
            Prediction => new PredictionChart([.. group.Cast<Prediction>()]),
            ClassReport => new ClassChart("Classes", [.. group.Cast<ClassReport>()]),
            LayerMeasure => new LayerMeasureChart([.. group.Cast<LayerMeasure>()]),
            LayerTiming => new LayerTimingChart([.. group.Cast<LayerTiming>()]),
            InvarianceRow => new InvarianceChart([.. group.Cast<InvarianceRow>()]),
            SharingRow => new SharingChart([.. group.Cast<SharingRow>()]),
            ReceptiveFieldInfo { Gradient: null } => new ReceptiveFieldChart([.. group.Cast<ReceptiveFieldInfo>()]),
            LayerSummary { Summary: { } summary } when group.Cast<LayerSummary>().All(row => ReferenceEquals(row.Summary, summary)) =>
                summary,
            ActivationTrace { Network: not null } first when group.Count > 1 && AreOneWay(group) => first with
            {
                Path = [.. group.Skip(1).Cast<ActivationTrace>()],
            },
            IPictureSource when group.Count > 1 => PictureCollection.Merge(group.Cast<IPictureSource>()),
            var alone => alone,
        };

    /// <summary>
    /// One prediction for each of several images is about the images (those with the highest loss, say); several for an image are bars.
    /// </summary>
    private static bool AreImages(Prediction[] predictions) =>
        predictions.Length > 1
        && predictions.All(prediction => prediction.Sample is not null)
        && predictions.DistinctBy(prediction => prediction.Source).Count() == predictions.Length;

    /// <summary>Traces of one recursion have the network of one pass.</summary>
    private static bool AreOneWay(List<object> group) =>
        group.All(item => item is ActivationTrace trace && ReferenceEquals(trace.Network, ((ActivationTrace)group[0]).Network));

    private static HistoryChart Compare(HistoryChart[] charts)
    {
        string[] names = HistoryNames.Of(charts);
        return new HistoryChart(
            "Training runs",
            [
                .. charts.SelectMany(
                    (chart, i) => chart.Runs.Select(run => KeyValuePair.Create(run.Key.Length > 0 ? run.Key : names[i], run.Value))
                ),
            ]
        );
    }
}
