using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware;

/// <summary>
/// Holds the model that runs, and takes a new one while it runs. <see cref="Look"/>, called again and again from any one thread, sees that
/// the file has changed, waits until nobody writes it any more, loads, checks and self-tests it; <see cref="Swap"/>, called by the loop
/// between two decisions, puts it in place. A file that cannot be used is refused once, with one line, and the model that runs goes on.
/// </summary>
public sealed class ModelSlot
{
    private readonly string _path;
    private readonly ModelRequirements _requirements;
    private readonly TimeProvider _time;
    private SensorDescription? _sensor;
    private FileStamp _known;
    private FileStamp _seen;
    private long _seenSince;
    private LoadedModel? _next;
    private DeviceEvent? _refusal;

    /// <summary>Loads the model that runs first.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="requirements">What this device asks of every model.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ModelRefusedException">It cannot be used.</exception>
    public ModelSlot(string path, ModelRequirements requirements, TimeProvider time)
    {
        _path = path;
        _requirements = requirements;
        _time = time;
        _known = FileStamp.Of(path);
        _seen = _known;
        Model = LoadedModel.Load(path, requirements);
    }

    /// <summary>How long a file must stay as it is before it is loaded: who writes it slowly is not finished yet.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The model that runs.</summary>
    public LoadedModel Model { get; private set; }

    /// <summary>What runs it.</summary>
    public Pipeline Pipeline => Model.Pipeline;

    /// <summary>Whether <see cref="Swap"/> has something to say.</summary>
    public bool HasNews => Volatile.Read(ref _next) is not null || Volatile.Read(ref _refusal) is not null;

    /// <summary>Says which sensor is read: it must fit the model that runs, and every new one.</summary>
    /// <exception cref="ModelRefusedException">It does not fit the one that runs.</exception>
    public void Attach(SensorDescription sensor)
    {
        SensorFit.Check(sensor, Pipeline);
        Volatile.Write(ref _sensor, sensor);
    }

    /// <summary>Looks whether the file has changed; loads it if it has, and stays as it is.</summary>
    public void Look()
    {
        FileStamp stamp = FileStamp.Of(_path);
        if (stamp != _seen)
        {
            _seen = stamp;
            _seenSince = _time.GetTimestamp();
        }
        else if (stamp != _known && stamp.Exists && _time.GetElapsedTime(_seenSince) >= Settling)
        {
            _known = stamp;
            Load();
        }
    }

    /// <summary>Puts a new model in place if there is one. Called between two decisions, from the thread that runs the model.</summary>
    /// <returns>What happened: a new model is in place, or one was refused; null: nothing.</returns>
    public DeviceEvent? Swap()
    {
        if (Interlocked.Exchange(ref _refusal, null) is { } refusal)
        {
            return refusal;
        }

        if (Interlocked.Exchange(ref _next, null) is not { } next)
        {
            return null;
        }

        string before = Model.ShortName;
        Model = next;
        return new DeviceEvent(
            _time.GetUtcNow(),
            DeviceEventKind.ModelSwapped,
            $"{_path}: model {next.ShortName} has replaced {before}; labels: {string.Join(", ", next.Labels)}.");
    }

    private void Load()
    {
        try
        {
            LoadedModel loaded = LoadedModel.Load(_path, _requirements);
            if (loaded.Sha256 == Model.Sha256)
            {
                return;
            }

            if (Volatile.Read(ref _sensor) is { } sensor)
            {
                SensorFit.Check(sensor, loaded.Pipeline);
            }

            Volatile.Write(ref _next, loaded);
        }
        catch (ModelRefusedException exception)
        {
            string message = exception.Message.StartsWith(_path, StringComparison.Ordinal) ? exception.Message : $"{_path}: {exception.Message}";
            Volatile.Write(ref _refusal, new DeviceEvent(_time.GetUtcNow(), DeviceEventKind.ModelRefused, $"{message} Model {Model.ShortName} goes on."));
        }
    }
}
