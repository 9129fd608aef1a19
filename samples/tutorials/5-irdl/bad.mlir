%0 = "test.source"() : () -> !cmath.complex<f32>
%1 = cmath.norm %0 : (!cmath.complex<f32>) -> f64
