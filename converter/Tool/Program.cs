using EdgeQuant.Tool;

return (int)CommandLine.Run(args);
