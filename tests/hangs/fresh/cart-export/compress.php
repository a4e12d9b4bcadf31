<?php
declare(strict_types=1);

function with_lock(string $dir, callable $work): int
{
    $lock = fopen("$dir/carts.lock", 'c');
    flock($lock, LOCK_EX);
    try {
        return $work();
    } finally {
        flock($lock, LOCK_UN);
    }
}

$dir = $argv[1];
echo with_lock($dir, function () use ($dir): int {
    $text = file_get_contents("$dir/carts.csv");
    file_put_contents("$dir/carts.csv.b64", base64_encode(strrev($text)));
    return substr_count($text, "\n");
}), "\n";
