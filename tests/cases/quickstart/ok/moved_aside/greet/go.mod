module left/over
