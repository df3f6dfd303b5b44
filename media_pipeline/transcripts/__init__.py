"""From sound to text with times: engine, model files, what is filtered, what was lost. Nothing loads a model
before a job asks for it: a child forked from a process that used one hangs."""
