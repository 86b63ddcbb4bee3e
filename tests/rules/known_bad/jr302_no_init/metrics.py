def accuracy(value):
    return round(value, 2)
